import type { Item, ItemOf, StopReason, ThreadEvent, Usage } from "../types/index.ts";

/** Exit status of a finished turn: 0 done, 1 failed, 3 a limit, 130 interrupted (2, usage, is the command line's own). */
const EXIT_CODES: Readonly<Record<StopReason, number>> = {
  done: 0,
  failed: 1,
  empty_answer: 1,
  max_steps: 3,
  max_time: 3,
  repeated_call: 3,
  length: 3,
  interrupted: 130,
};

/** The exit status that a turn's end stands for. */
export function exitCodeOf(reason: StopReason): number {
  return EXIT_CODES[reason];
}

/** One line of `--json`: the names and fields of `codex exec --json`, so that its readers can read ours. */
export type JsonEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The JSON events a thread event stands for; none for what those readers have no name for. */
export function toJsonEvents(event: ThreadEvent): JsonEvent[] {
  switch (event.type) {
    case "thread.started":
      return [{ type: "thread.started", thread_id: event.threadId }];
    case "turn.started":
      return [{ type: "turn.started" }];
    case "item.started":
    case "item.completed": {
      const item = toJsonItem(event.item);
      return item ? [{ type: event.type, item }] : [];
    }
    case "turn.completed":
      return event.reason === "done"
        ? [{ type: "turn.completed", usage: toJsonUsage(event.usage) }]
        : [{ type: "turn.failed", error: { message: event.detail ?? event.reason }, usage: toJsonUsage(event.usage) }];
    default:
      return [];
  }
}

function toJsonUsage(usage: Usage) {
  return {
    input_tokens: usage.inputTokens,
    cached_input_tokens: usage.cachedTokens,
    output_tokens: usage.outputTokens,
  };
}

function toJsonItem(item: Item): Readonly<Record<string, unknown>> | undefined {
  const { id } = item;
  switch (item.type) {
    case "user_message":
      return undefined;
    case "agent_message":
    case "reasoning":
      return { id, type: item.type, text: item.text, ...(item.status === "failed" && { status: "failed" }) };
    case "error":
      return { id, type: "error", message: item.message };
    case "context_compaction":
      return { id, type: "context_compaction", reason: item.reason, pruned: item.pruned.length };
    case "tool_call":
      return { id, ...toJsonCall(item) };
  }
}

function toJsonCall(item: ItemOf<"tool_call">): Readonly<Record<string, unknown>> {
  const { call, result } = item;
  const status =
    item.status === "completed" && (result?.isError || (result?.exitCode ?? 0) !== 0) ? "failed" : item.status;
  const input = readObject(call.arguments);
  if (call.name === "shell") {
    const output = result?.fullText ?? result?.text ?? "";
    const command = String(input.command ?? "");
    return {
      type: "command_execution",
      command,
      aggregated_output: output,
      exit_code: result?.exitCode ?? null,
      status,
    };
  }
  if (result?.changes) {
    const changes = result.changes.map(({ path, kind }) => ({ path, kind }));
    return { type: "file_change", changes, status };
  }
  if (result?.todos) return { type: "todo_list", items: result.todos };
  return {
    type: "tool_call",
    name: call.name,
    arguments: call.arguments,
    notation: item.notation,
    ...(item.repairs.length > 0 && { repairs: item.repairs.map((repair) => repair.name) }),
    output: result?.text ?? "",
    status,
  };
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
