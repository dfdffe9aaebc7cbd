import type { Budget } from "../context/index.ts";
import type { Item, ItemOf, ToolResult } from "../types/index.ts";
import { runCalls, runCallsOptions } from "./calls.ts";
import type { TurnContext } from "./turn-context.ts";

/** Checks of one turn that may fail before the model's word stands. */
const MOST_FAILED_CHECKS = 4;

/** Characters of a diff that are not shown again. */
const LONG_DIFF = 2000;

/** Commands that only test: what a task names in backticks is run by the harness when it begins so. */
const TEST_COMMAND =
  /^(npm (run )?(test|check)|npm t|(yarn|pnpm|bun) (run )?test|node --test|pytest|python3? -m (pytest|unittest)|cargo test|go test|make (test|check)|deno test|npx (vitest|jest))\b[^;&|<>$`]*$/;

/** The same in plain words: only what is no English (`make test data`) and has no arguments. */
const BARE_COMMAND =
  /(?<![\w./@-])(npm (run )?test|(yarn|pnpm|bun) (run )?test|node --test|python3? -m (pytest|unittest)|cargo test|deno test)(?![\w:/-]|\.\w|[ \t]+(?:-|discover\b|\S*[/*:]\S|\S*\.\w))/g;

/** White space inside a sentence: it may be wrapped, but a blank line ends it. */
const GAP = String.raw`(?:[ \t]+|[ \t]*\r?\n[ \t]*)`;

/** Words that forbid what comes next, unlike "does not" and "could not", which tell what happened. */
const FORBIDS = String.raw`\b(?:(?:do|must|should|shall|may|need)(?:${GAP}not|n['’]?t)|never)`;

/** What a ban has between its first words and the command: "ever run the tests with". */
const RUN = `(?:${GAP}ever)?${GAP}(?:run|running|use|using|execute|executing)(?:${GAP}(?:the|any|all|tests?|with))*${GAP}`;

/** What stands before a command that must not run; "do not end without running" asks for a run. */
const BAN = new RegExp(
  [
    String.raw`(?:${FORBIDS}(?:${GAP}to)?|\bnot${GAP}to)${RUN}$`,
    String.raw`(?<!${FORBIDS}(?:${GAP}[\w'’]+){0,4}${GAP})\b(?:without|avoid)${RUN}$`,
    // Without a verb a line break or a "why" before it makes a ban unlikely, and "shouldn't npm test pass" is a question.
    String.raw`(?<!\bwhy${GAP})\b(?:(?:do|must|should|shall|may|need)[ \t]+not|(?:do|must)n['’]?t|never)(?:[ \t]+ever)?[ \t]+$`,
  ].join("|"),
  "i",
);

/** Characters before a command in which a ban is looked for. */
const BAN_REACH = 100;

/**
 * The test command a task names, in backticks or else in plain words; undefined where there is none. A command that the task forbids in
 * one place is not taken from another.
 */
export function checkOf(task: string): string | undefined {
  const quoted = [...task.matchAll(/`([^`\n]+)`/g)].filter((match) => TEST_COMMAND.test(match[1]!.trim()));
  const bare = task.replaceAll(/`[^`]*`/g, "``").matchAll(BARE_COMMAND);
  const named = [...quoted, ...bare].map((match) => ({
    command: match[1]!.trim(),
    isForbidden: BAN.test(match.input.slice(Math.max(0, match.index - BAN_REACH), match.index)),
  }));
  const forbidden = new Set(named.flatMap(({ command, isForbidden }) => (isForbidden ? [command] : [])));
  return named.find(({ command }) => !forbidden.has(command))?.command;
}

/**
 * Whether files changed since the command last ran in these items; where the model is stuck, also whether it never ran. A command that
 * was refused cannot be checked.
 */
export function isUnchecked(command: string, turnItems: readonly Item[], isStuck = false): boolean {
  const calls = turnItems.filter((item): item is ItemOf<"tool_call"> => item.type === "tool_call");
  if (calls.some((item) => item.result?.refused && commandOf(item) === command)) return false;
  const lastChange = calls.findLastIndex((item) => (item.result?.changes?.length ?? 0) > 0);
  const lastRun = calls.findLastIndex((item) => item.result?.exitCode !== undefined && commandOf(item) === command);
  return lastChange > lastRun || (isStuck && lastRun < 0);
}

/**
 * After files changed, runs the test that the task names; a small model says that all is well without having looked, or goes round in
 * circles for want of facts (`isStuck`). Returns the call item with its result, or undefined where there is nothing to check.
 */
export async function verify(
  context: TurnContext,
  options: {
    readonly step: number;
    readonly budget: Budget;
    readonly signal: AbortSignal;
    readonly turnItems: readonly Item[];
    readonly isStuck?: boolean;
  },
): Promise<ItemOf<"tool_call"> | undefined> {
  const { setup, record } = context;
  const command = checkOf(context.text);
  if (!command || !isUnchecked(command, options.turnItems, options.isStuck)) return undefined;
  if (options.turnItems.filter(isFailedCheck).length >= MOST_FAILED_CHECKS) return undefined;
  const item: ItemOf<"tool_call"> = {
    type: "tool_call",
    id: record.nextId(),
    step: options.step,
    status: "in_progress",
    call: { id: setup.newCallId(), name: "shell", arguments: JSON.stringify({ command }) },
    notation: "check",
    repairs: [],
  };
  await record.start(item);
  await runCalls([item], {
    ...runCallsOptions(context, options.budget, options.signal),
    hintFor: (_, result) => (hasFailed(result) ? lastChange(options.turnItems) : undefined),
  });
  return record.items.find((other): other is ItemOf<"tool_call"> => other.id === item.id && other.type === "tool_call");
}

/** Whether what was to be checked is wrong; a command that was refused says nothing of it. */
export function hasFailed(result: ToolResult | undefined): boolean {
  return result?.isError === true && !result.refused;
}

/** Reminds of the last change, which may be what is wrong; undefined where nothing was changed or the change is long. */
function lastChange(turnItems: readonly Item[]): string | undefined {
  const changes = turnItems.flatMap((item) => (item.type === "tool_call" ? (item.result?.changes ?? []) : []));
  const diff = changes.at(-1)?.diff;
  return diff === undefined || diff.length > LONG_DIFF ? undefined : `The last change before this was:\n${diff}`;
}

/** The test command that the harness ran and that failed when it last ran, by whoever; undefined where none did. */
export function stillFailing(turnItems: readonly Item[]): string | undefined {
  const calls = turnItems.filter((item): item is ItemOf<"tool_call"> => item.type === "tool_call");
  const check = calls.findLast((item) => item.notation === "check" && !item.result?.refused);
  const command = check && commandOf(check);
  if (command === undefined) return undefined;
  const hasRun = (item: ItemOf<"tool_call">) => item.notation === "check" || item.result?.exitCode !== undefined;
  const last = calls.findLast((item) => hasRun(item) && commandOf(item) === command);
  return last?.result?.isError ? command : undefined;
}

function isFailedCheck(item: Item): boolean {
  return item.type === "tool_call" && item.notation === "check" && hasFailed(item.result);
}

function commandOf(item: ItemOf<"tool_call">): string | undefined {
  if (item.call.name !== "shell") return undefined;
  return (JSON.parse(item.call.arguments) as { command?: string }).command?.trim();
}
