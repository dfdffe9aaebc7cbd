import type { Message } from "../types/index.ts";

/** A shape of history that servers answer with an error; `index` is the message's place. */
export interface MessageProblem {
  readonly rule:
    | "no_messages"
    | "two_system"
    | "system_not_first"
    | "no_user"
    | "broken_arguments"
    | "null_field"
    | "two_assistants_last";
  readonly index: number;
  readonly message: string;
}

/** Finds what a server or a common template would refuse, without rendering. Foreign histories are looked at too, hence loosely. */
export function lintMessages(messages: readonly Message[]): readonly MessageProblem[] {
  const loose = messages as readonly Readonly<Record<string, unknown>>[];
  return [...lintOrder(loose), ...loose.flatMap(lintFields)];
}

function lintOrder(messages: readonly Readonly<Record<string, unknown>>[]): MessageProblem[] {
  const problems: MessageProblem[] = [];
  if (messages.length === 0) return [{ rule: "no_messages", index: 0, message: "There is no message" }];
  const systems = messages.flatMap(({ role }, index) => (role === "system" || role === "developer" ? [index] : []));
  if (systems[1] !== undefined) {
    problems.push({
      rule: "two_system",
      index: systems[1],
      message: "A second system message; many templates refuse or lose it",
    });
  }
  if (systems[0] !== undefined && systems[0] > 0) {
    problems.push({ rule: "system_not_first", index: systems[0], message: "The system message must come first" });
  }
  if (!messages.some(({ role }) => role === "user")) {
    problems.push({
      rule: "no_user",
      index: messages.length - 1,
      message: "There is no user message; Qwen3.5 and others refuse that",
    });
  }
  const last = messages.length - 1;
  if (last > 0 && messages[last]!.role === "assistant" && messages[last - 1]!.role === "assistant") {
    problems.push({ rule: "two_assistants_last", index: last, message: "Two assistant messages at the end" });
  }
  return problems;
}

function lintFields(message: Readonly<Record<string, unknown>>, index: number): MessageProblem[] {
  const nulls = Object.entries(message).filter(([, value]) => value === null);
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  const broken = calls.filter((call) => !isObjectText(call?.function?.arguments));
  return [
    ...nulls.map(([field]): MessageProblem => ({ rule: "null_field", index, message: `${field} is null` })),
    ...broken.map(
      (call): MessageProblem => ({
        rule: "broken_arguments",
        index,
        message: `The arguments of the call to ${String(call?.function?.name)} are not the JSON text of an object`,
      }),
    ),
  ];
}

function isObjectText(text: unknown): boolean {
  if (typeof text !== "string") return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
