import type { ToolCall } from "../types/index.ts";

/** Same call this often in a row: the model is told. */
const HINT_AT = 3;
/** Same call this often in a row: the turn ends. So it does when the same answer without a call comes once more than that. */
export const STOP_AT = 5;

export type GuardVerdict =
  | { readonly type: "fine" }
  | { readonly type: "hint"; readonly text: string }
  | { readonly type: "stop"; readonly detail: string };

/** Watches for a model that makes the same call, or gives the same answer, again and again. */
export interface LoopGuard {
  see(call: ToolCall): GuardVerdict;
  /** How often the same answer has come in a row: from the second on the next would be the same again at a low temperature. */
  seeAnswer(answer: { readonly text: string; readonly calls: readonly { readonly call: ToolCall }[] }): number;
}

/** Creates a guard for one turn. */
export function createLoopGuard(): LoopGuard {
  let last = "";
  let repeated = 0;
  let lastAnswer = "";
  let sameAnswers = 0;
  return {
    seeAnswer({ text, calls }) {
      const key = [text, ...calls.map(({ call }) => `${call.name} ${canonicalArguments(call.arguments)}`)].join("\n");
      sameAnswers = key === lastAnswer ? sameAnswers + 1 : 1;
      lastAnswer = key;
      return sameAnswers;
    },
    see(call) {
      const key = `${call.name} ${canonicalArguments(call.arguments)}`;
      repeated = key === last ? repeated + 1 : 1;
      last = key;
      if (repeated >= STOP_AT) {
        return { type: "stop", detail: `the model made the same call ${repeated} times in a row: ${call.name}` };
      }
      if (repeated !== HINT_AT) return { type: "fine" };
      return {
        type: "hint",
        text: `You have made this same call ${repeated} times in a row with the same outcome. Do something else: another tool, other arguments, or answer without a call.`,
      };
    },
  };
}

/** The arguments without the freedom of white space and key order at the top; text that is no JSON as it is. */
export function canonicalArguments(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return text;
    return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  } catch {
    return text.trim();
  }
}
