import type { Item, ItemOf, StopReason, ThreadEvent, ToolResult, Usage } from "../types/index.ts";

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

/** A call's fields by the tool's name, so that an item has one type from its start to its end, whatever becomes of it. */
const CALL_FIELDS: Readonly<Record<string, (call: JsonCall) => Readonly<Record<string, unknown>>>> = {
  shell: ({ input, result, status }) => ({
    type: "command_execution",
    command: String(input.command ?? ""),
    aggregated_output: result?.output ?? "",
    exit_code: result?.exitCode ?? null,
    status,
    ...(result?.output === undefined && failure(status, result)),
  }),
  write: fileChange,
  edit: fileChange,
  todo: ({ input, result, status }) => ({
    type: "todo_list",
    items: result?.todos ?? (Array.isArray(input.items) ? input.items : []),
    ...failure(status, result),
  }),
};

interface JsonCall {
  readonly input: Readonly<Record<string, unknown>>;
  readonly result: ToolResult | undefined;
  readonly status: Item["status"];
}

function toJsonCall(item: ItemOf<"tool_call">): Readonly<Record<string, unknown>> {
  const { call, result } = item;
  const status =
    item.status === "completed" && (result?.isError || (result?.exitCode ?? 0) !== 0) ? "failed" : item.status;
  const fields = Object.hasOwn(CALL_FIELDS, call.name) ? CALL_FIELDS[call.name] : undefined;
  if (fields) return fields({ input: readObject(call.arguments), result, status });
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

/** What was asked for until it is known what was changed; only the tool knows whether a written file is new. */
function fileChange({ input, result, status }: JsonCall): Readonly<Record<string, unknown>> {
  const isNew = typeof input.old_text !== "string" || input.old_text === "";
  const asked = typeof input.path === "string" ? [{ path: input.path, kind: isNew ? "add" : "update" }] : [];
  const made = (result?.changes ?? []).map(({ path, kind }) => ({ path, kind }));
  const changes = status === "completed" ? made : asked;
  return { type: "file_change", changes, status, ...failure(status, result) };
}

function failure(status: Item["status"], result: ToolResult | undefined): Readonly<Record<string, unknown>> {
  return status === "failed" ? { status, ...(result && { error: { message: result.text } }) } : {};
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
