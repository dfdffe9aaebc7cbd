import type { RenderValue } from "../engine.ts";
import { parseJson } from "../json.ts";
import { type AdaptStep, callsOf, functionOf, type RenderMessage } from "./step.ts";

export const toolResponses: AdaptStep = {
  name: "tool-responses",
  about: "older Gemma 4 templates: calls, their results and the answer after them become one message",
  applies: ({ handler }) => handler === "gemma4-old",
  run: (messages) => {
    const turns: RenderMessage[] = [];
    for (let at = 0; at < messages.length; ) {
      const length = turnLength(messages, at);
      turns.push(length === 0 ? messages[at]! : oneTurn(messages.slice(at, at + length)));
      at += Math.max(1, length);
    }
    return turns.every((message, index) => message === messages[index]) ? messages : turns;
  },
};

/** How many messages from `at` become one: a call, its results, and an answer in words after them; 0 where there is no call. */
function turnLength(messages: readonly RenderMessage[], at: number): number {
  const first = messages[at]!;
  if (first.role !== "assistant" || callsOf(first).length === 0) return 0;
  let end = at + 1;
  while (messages[end]?.role === "tool") end += 1;
  const next = messages[end];
  return (next?.role === "assistant" && callsOf(next).length === 0 && next.content !== "" ? end + 1 : end) - at;
}

/** The text beside the calls is lost, as in the server. */
function oneTurn([first, ...rest]: readonly RenderMessage[]): RenderMessage {
  const calls = callsOf(first!);
  const responses = rest
    .filter(({ role }) => role === "tool")
    .map((message, index) => ({
      name: (calls[index] && functionOf(calls[index]).name) || (message.tool_call_id ?? ""),
      response: parsedOrText(message.content),
    }));
  const answer = rest.find(({ role }) => role === "assistant");
  return {
    role: "assistant",
    tool_calls: calls,
    ...(responses.length > 0 && { tool_responses: responses }),
    ...(answer && { content: answer.content }),
    ...(first!.reasoning_content !== undefined && { reasoning_content: first!.reasoning_content }),
  };
}

function parsedOrText(content: RenderValue): RenderValue {
  if (typeof content !== "string") return content;
  try {
    return parseJson(content);
  } catch {
    return content;
  }
}
