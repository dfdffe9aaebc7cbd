import type { ErrorReaction } from "../types/error.ts";
import { HalterError } from "../types/error.ts";
import type { Message } from "../types/message.ts";
import { parseObject } from "./json.ts";

/**
 * Refuses what llama-server answers with a 500 on this and every later request: null fields, and arguments of earlier
 * calls that are no JSON object. Throws `bad_history` naming the message, counted from 0.
 */
export function checkHistory(messages: readonly Message[]): void {
  for (const [index, message] of messages.entries()) {
    for (const [field, value] of Object.entries(message)) {
      if (value === null) throw badHistory(index, message, `its ${field} is null`);
    }
    if (message.role !== "assistant") continue;
    for (const call of message.tool_calls ?? []) {
      if (parseObject(call.function.arguments) !== undefined) continue;
      throw badHistory(index, message, `the arguments of its call of ${call.function.name} are no JSON object`);
    }
  }
}

function badHistory(index: number, message: Message, problem: string): HalterError {
  return new HalterError("bad_history", `message ${index} (${message.role}) cannot be sent: ${problem}`, {
    hint: "Replace the broken call by a valid one before it enters the history.",
    data: { message: index, reaction: "repair_history" satisfies ErrorReaction },
  });
}
