import { styleText } from "node:util";
import type { Item, ItemOf, ThreadEvent, Usage } from "../../types/index.ts";
import { plain } from "./plain.ts";
import { createStatusLine, type StatusLineOptions } from "./status-line.ts";

export interface ProgressOptions extends StatusLineOptions {
  readonly color: boolean;
}

type Style = Parameters<typeof styleText>[0];

/** Tells a person on stderr what goes on: what is read, changed (with its diff) and run, how the prompt is coming along, and the figures at the end. */
export interface Progress {
  see(event: ThreadEvent): void;
  /** The final answer: what the model said last, when the turn ended well. */
  readonly answer: string;
  /** Whether the answer was shown already, because something was done after it. */
  readonly isAnswerShown: boolean;
  /** Leaves the terminal clean. */
  stop(): void;
}

/** Creates the progress of one turn. */
export function createProgress(options: ProgressOptions): Progress {
  const status = createStatusLine(options);
  const begun = options.now();
  const style = (styles: Style, text: string): string =>
    options.color ? styleText(styles, text, { validateStream: false }) : text;
  let held: string | undefined;
  /** What the harness did after the last words (a file written, a test run) does not make them less of an answer. */
  let lastText = "";
  let answer = "";
  let steps = 0;
  let generated = 0;
  let lastUsage: Usage | undefined;

  const line = (text: string): void => status.printAbove(`${text}\n`);

  /** Text that turned out not to be the final answer. */
  const release = (): void => {
    if (held !== undefined) line(style("dim", plain(held)));
    held = undefined;
  };

  const showItem = (item: Item): void => {
    if (item.type === "agent_message") {
      release();
      if (item.status === "completed") {
        held = item.text.trim();
        lastText = held;
      }
    } else if (item.type === "tool_call") {
      release();
      if (item.status === "completed") for (const text of describeCall(item, style)) line(text);
    } else if (item.type === "context_compaction") {
      line(style("yellow", `dropped ${item.pruned.length} old tool outputs: ${plain(item.reason)}`));
    } else if (item.type === "error") {
      release();
      line(
        `${style("red", "error:")} ${plain(item.message)}${item.hint ? `\n${style("cyan", "hint:")} ${plain(item.hint)}` : ""}`,
      );
    } else if (item.type === "user_message" && item.origin === "harness") {
      release();
      line(style("dim", `halter: ${plain(item.text)}`));
    }
  };

  return {
    get answer() {
      return answer;
    },
    get isAnswerShown() {
      return answer !== "" && held === undefined;
    },
    stop: () => status.clear(),
    see(event) {
      switch (event.type) {
        case "thread.started":
          return line(style("dim", `thread ${event.threadId} · ${plain(event.model)} · ${plain(event.workspace)}`));
        case "wire.chosen":
          return line(style("dim", `wire ${event.wire}: ${plain(event.reason)}`));
        case "thread.warning":
          return line(style("yellow", `warning: ${plain(event.text)}`));
        case "step.started":
          steps++;
          generated = 0;
          return status.set("waiting for the server");
        case "step.waiting":
          return status.set(plain(event.detail));
        case "step.progress":
          return status.set(`reading the prompt: ${event.processed} of ${event.total} tokens, ${event.cached} cached`);
        case "item.delta":
          if (event.kind === "output") return status.set(lastLine(event.text));
          // A delta is a token for the most part; where text is held back to see whether it opens a call, it is several.
          generated++;
          return status.set(`writing: about ${generated} tokens`);
        case "item.started":
          if (event.item.type === "tool_call") status.set(`${plain(event.item.call.name)} …`);
          return;
        case "item.completed":
          return showItem(event.item);
        case "step.completed":
          lastUsage = event.usage;
          return;
        case "turn.completed": {
          status.clear();
          if (event.reason === "done") answer = held ?? lastText;
          else release();
          if (event.reason !== "done") line(style("yellow", `stopped: ${plain(event.detail ?? event.reason)}`));
          return line(style("dim", figures(event.usage, lastUsage, steps, options.now() - begun)));
        }
        default:
          return;
      }
    },
  };
}

function describeCall(item: ItemOf<"tool_call">, style: (styles: Style, text: string) => string): string[] {
  const { call, result } = item;
  const failed = result?.isError || (result?.exitCode ?? 0) !== 0;
  const how =
    item.notation === "native" || item.notation === "server"
      ? ""
      : style("dim", ` (call found in ${item.notation} text)`);
  const head = `${style(failed ? "red" : "green", failed ? "✗" : "•")} ${style("bold", plain(call.name))} ${plain(argumentsLine(call.arguments))}${how}`;
  const lines = [head];
  for (const change of result?.changes ?? []) lines.push(...colorDiff(change.diff, style));
  lines.push(...wordsOf(item).map((part) => style("dim", `  ${plain(part)}`)));
  return lines;
}

/** A command says at its end what came of it, a tool that fails at its beginning, and a refusal with every word what would help. */
function wordsOf({ call, result }: ItemOf<"tool_call">): string[] {
  if (!result) return [];
  const { text, refused, isError } = result;
  if (refused) return [clip(text, 1000)];
  if (call.name === "shell") return tail(text);
  return isError ? [clip(text.split("\n", 1)[0] ?? "", 160)] : [];
}

function colorDiff(diff: string, style: (styles: Style, text: string) => string): string[] {
  const lines = diff.split("\n");
  // A changed line may look like a header: a comment of SQL that was taken out is `--- …`.
  const firstHunk = lines.findIndex((text) => text.startsWith("@@"));
  const body = firstHunk < 0 ? [] : lines.slice(firstHunk).filter((text) => /^[-+@ ]/.test(text));
  return body.slice(0, 40).map((text) => {
    const color = text.startsWith("+") ? "green" : text.startsWith("-") ? "red" : "dim";
    return style(color, `  ${plain(text)}`);
  });
}

function argumentsLine(text: string): string {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const shown = Object.values(value).map((part) => (typeof part === "string" ? part : JSON.stringify(part)));
    return clip(shown.join(" ").replaceAll(/\s+/g, " "), 100);
  } catch {
    return clip(text.replaceAll(/\s+/g, " "), 100);
  }
}

function tail(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .slice(-6)
    .map((part) => clip(part, 160));
}

function lastLine(text: string): string {
  return clip(plain(text.trimEnd().split("\n").at(-1) ?? ""), 100);
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function figures(usage: Usage, last: Usage | undefined, steps: number, milliseconds: number): string {
  const parts = [
    `${steps} ${steps === 1 ? "step" : "steps"}`,
    `${usage.inputTokens} tokens in (${usage.cachedTokens} cached)`,
    `${usage.outputTokens} out`,
    ...(last?.outputPerSecond ? [`${last.outputPerSecond.toFixed(1)} tokens/s`] : []),
    `${(milliseconds / 1000).toFixed(1)} s`,
  ];
  return parts.join(" · ");
}
