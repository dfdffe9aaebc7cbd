import type { Budget } from "../context/index.ts";
import { mayLackPart, type ResolvedCall, resolveCall } from "../parsers/index.ts";
import {
  HalterError,
  type ItemOf,
  type Malformed,
  type Repair,
  type Tool,
  type ToolCall,
  type ToolContext,
  type ToolResult,
} from "../types/index.ts";
import type { ItemRecord } from "./record.ts";
import { rungsOf } from "./rungs.ts";
import type { TurnContext } from "./turn-context.ts";

type CallItem = ItemOf<"tool_call">;

/** Characters of an unforeseen error that the model is shown; some quote whole arguments. */
const LONGEST_REASON = 300;

export interface RunCallsOptions {
  readonly record: ItemRecord;
  readonly tools: readonly Tool[];
  readonly context: Omit<ToolContext, "signal" | "onOutput">;
  readonly signal: AbortSignal;
  /** Tokens an answer may have; told to a model whose call was cut. */
  readonly answerTokens: number;
  /** The answer was stopped because it repeated itself. */
  readonly isRepeating?: boolean;
  /** Asks the model once more for arguments that cannot be repaired, under a grammar; undefined where that failed or is spent. */
  readonly constrain?: (item: CallItem) => Promise<ToolCall | undefined>;
  /** Tells the trace what had to be done for each call. */
  readonly note?: (topic: string, data: Readonly<Record<string, unknown>>) => void;
  /** What the harness has to add to this call's result, if anything. */
  readonly hintFor?: (call: ToolCall, result: ToolResult) => string | undefined;
}

/** Options for the calls of a turn, without retry and hints. */
export function runCallsOptions(context: TurnContext, budget: Budget, signal: AbortSignal): RunCallsOptions {
  const { workspace, seen, runCommand, forbidden, tools } = context.setup;
  const { onTrace, now } = context.setup;
  return {
    record: context.record,
    note: (topic, data) => onTrace?.({ type: "note", at: now(), topic, data }),
    tools,
    context: { workspace, outputLimit: budget.toolOutputChars, seen, runCommand, forbidden },
    signal,
    answerTokens: budget.answerTokens,
  };
}

interface Planned {
  readonly item: CallItem;
  readonly tool?: Tool;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly refusal?: ToolResult;
}

/**
 * Runs the calls of one answer: read-only ones that stand together side by side, others in order; results are recorded in
 * call order. After a failed shell command the rest of the answer is not run: it was written in the belief that it works.
 */
export async function runCalls(items: readonly CallItem[], options: RunCallsOptions): Promise<void> {
  const plan: Planned[] = [];
  for (const item of items) {
    const planned = await planCall(item, options);
    plan.push(planned);
    options.note?.("recovery", { call: item.call.id, tool: planned.item.call.name, rungs: rungsOf(planned.item) });
  }
  let failed: string | undefined;
  for (let index = 0; index < plan.length; ) {
    const batch = batchFrom(plan, index);
    index += batch.length;
    const results = await Promise.all(batch.map((planned) => runOne(planned, failed, options)));
    for (const [position, result] of results.entries()) {
      const { item } = batch[position]!;
      const hint = options.hintFor?.(item.call, result);
      const text = hint ? `${result.text}\n\n${hint}` : result.text;
      await options.record.complete({ ...item, status: "completed", result: { ...result, text } });
      if (isFailedCommand(item, result)) failed ??= item.call.name;
    }
  }
}

/** Closes the calls that a turn leaves open when it breaks off, so that each announced call is answered. */
export async function closeOpenCalls(record: ItemRecord): Promise<void> {
  const open = record.items.filter(
    (item): item is CallItem => item.type === "tool_call" && item.status === "in_progress",
  );
  const text = "The turn broke off before this call finished. Look at what it did until then before you do it again.";
  for (const item of open) await record.complete({ ...item, status: "failed", result: { text, isError: true } });
}

function batchFrom(plan: readonly Planned[], start: number): readonly Planned[] {
  if (!plan[start]!.tool?.readOnly) return plan.slice(start, start + 1);
  let end = start;
  while (plan[end]?.tool?.readOnly) end++;
  return plan.slice(start, end);
}

async function planCall(item: CallItem, options: RunCallsOptions): Promise<Planned> {
  const isFixed = item.malformed?.type === "cut" || item.notation === "file_block" || item.notation === "check";
  const planned = isFixed ? planFixed(item, options) : await planResolved(item, options);
  const parameter = Object.entries(planned.input ?? {}).find(([, value]) => holdsNul(value))?.[0];
  if (parameter === undefined) return planned;
  const detail = `${parameter} holds a NUL character, which neither a command nor a text file can hold. Leave it out, or write an escape in its place, such as \\x00`;
  const malformed: Malformed = { type: "bad_arguments", detail };
  return { item: { ...planned.item, malformed }, refusal: refuse(malformed, options) };
}

function holdsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  return typeof value === "object" && value !== null && Object.values(value).some(holdsNul);
}

/** A cut call, or one the harness made itself: nothing to repair, nothing to ask again. */
function planFixed(item: CallItem, options: RunCallsOptions): Planned {
  if (item.malformed) return { item, refusal: refuse(item.malformed, options) };
  const tool = options.tools.find((candidate) => candidate.spec.name === item.call.name);
  return { item, ...(tool && { tool }), input: JSON.parse(item.call.arguments) as Record<string, unknown> };
}

async function planResolved(item: CallItem, options: RunCallsOptions): Promise<Planned> {
  let resolved = resolveSafely(item.call, item.repairs, options);
  let current = item;
  if (resolved.type === "malformed" && resolved.malformed.type === "bad_arguments") {
    const call = await options.constrain?.(item);
    if (call) {
      const again = resolveSafely(call, [], options);
      const repair: Repair = { name: "constrained-retry", before: item.call.arguments, after: call.arguments };
      current = { ...item, call, repairs: [...item.repairs, repair] };
      resolved = again;
    }
  }
  if (resolved.type === "malformed") {
    return { item: { ...current, malformed: resolved.malformed }, refusal: refuse(resolved.malformed, options) };
  }
  const { malformed: _, ...usable } = current;
  const { spec, input, repairs } = resolved;
  const call = { ...usable.call, name: spec.name, arguments: JSON.stringify(input) };
  const asIs = repairs.length === 0 && spec.name === usable.call.name;
  const tool = options.tools.find((candidate) => candidate.spec.name === spec.name);
  return {
    item: { ...usable, call: asIs ? usable.call : call, repairs: [...usable.repairs, ...repairs] },
    ...(tool && { tool }),
    input,
  };
}

/** A call whose last text lacks its end is run only where it can do no harm: half a file is worse than none. */
function resolveSafely(call: ToolCall, repairs: readonly Repair[], { tools }: RunCallsOptions): ResolvedCall {
  const specs = tools.map((tool) => tool.spec);
  const resolved = resolveCall(call, specs);
  if (resolved.type === "malformed") return resolved;
  const isReadOnly = tools.some((tool) => tool.readOnly && tool.spec.name === resolved.spec.name);
  const malformed = isReadOnly ? undefined : mayLackPart(resolved.spec.name, [...repairs, ...resolved.repairs]);
  return malformed ? { type: "malformed", malformed } : resolved;
}

/** A failure that a tool did not foresee is a result like any other: one call must not end the program. */
async function runOne(planned: Planned, failed: string | undefined, options: RunCallsOptions): Promise<ToolResult> {
  const { item, tool, input, refusal } = planned;
  if (refusal) return refusal;
  if (!tool || !input) throw new Error(`no tool for the resolved call ${item.call.name}`);
  if (failed)
    return { isError: true, text: `Not run, because the ${failed} call before it failed. Look at that first.` };
  options.signal.throwIfAborted();
  try {
    return await tool.run(input, {
      ...options.context,
      signal: options.signal,
      onOutput: (text) => options.record.delta(item.id, "output", text),
    });
  } catch (error) {
    if (error instanceof HalterError || options.signal.aborted) throw error;
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    options.note?.("failure", { call: item.call.id, tool: item.call.name, error: stack ?? message });
    return { isError: true, text: `The tool failed: ${message.slice(0, LONGEST_REASON)}. Try another way.` };
  }
}

function isFailedCommand(item: CallItem, result: ToolResult): boolean {
  return item.call.name === "shell" && (result.isError || (result.exitCode ?? 0) !== 0);
}

/** What the model reads about a call that cannot be run. */
function refuse(malformed: Malformed, options: RunCallsOptions): ToolResult {
  const names = options.tools.map((tool) => tool.spec.name).join(", ");
  const texts: Record<Malformed["type"], string> = {
    cut: options.isRepeating
      ? "Not run: the answer repeated the same text again and again and was stopped. Write every part once."
      : `Not run: the answer was cut off at its limit of ${options.answerTokens} tokens before the call was complete. Make it smaller: several short calls, edit in place of write, or a file in parts.`,
    bad_arguments: `Not run: ${"detail" in malformed ? malformed.detail : "the arguments cannot be read"}.`,
    unknown_tool: `Not run: there is no tool "${"name" in malformed ? malformed.name : ""}". The tools are: ${names}.`,
    missing_name: `Not run: the call names no tool. The tools are: ${names}.`,
  };
  return { isError: true, text: texts[malformed.type] };
}
