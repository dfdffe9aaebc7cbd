import { HalterError } from "../../types/index.ts";
import { parseJson } from "../json.ts";
import { type AdaptStep, callsOf, functionOf, mapChanged, type RenderMessage } from "./step.ts";

export const parseArguments: AdaptStep = {
  name: "parse-arguments",
  about: "templates that read arguments as an object: the JSON text of each call is parsed",
  applies: ({ caps }) => caps.objectArguments,
  run: mapChanged((message) => {
    const before = callsOf(message);
    const after = before.map(parsed);
    return after.every((call, index) => call === before[index]) ? message : { ...message, tool_calls: after };
  }),
};

function parsed(call: RenderMessage): RenderMessage {
  const called = functionOf(call);
  if (typeof called.arguments !== "string") return call;
  try {
    return { ...call, function: { ...called, arguments: parseJson(called.arguments) } };
  } catch (cause) {
    throw new HalterError("bad_history", `The arguments of a call to ${String(called.name)} are no JSON`, {
      hint: "Replace the broken call in the history by a valid one before rendering",
      cause,
    });
  }
}

export const sortResults: AdaptStep = {
  name: "sort-results",
  about: "DeepSeek V4: the results of one round come in the order of their calls",
  applies: ({ handler }) => handler === "deepseek-v4",
  run: (messages) => {
    const sorted = [...messages];
    let order = new Map<unknown, number>();
    for (let start = 0; start < sorted.length; ) {
      const calls = sorted[start]!.role === "assistant" ? callsOf(sorted[start]!) : [];
      if (calls.length > 0) order = new Map(calls.flatMap(({ id }, index) => (id ? [[id, index]] : [])));
      const end = endOfRound(sorted, start);
      const places = indexes(start, end).filter((index) => sorted[index]!.role === "tool");
      const rank = ({ tool_call_id }: RenderMessage) => order.get(tool_call_id) ?? 0;
      const results = places.map((index) => sorted[index]!);
      if (order.size > 0) results.sort((a, b) => rank(a) - rank(b));
      for (const [index, place] of places.entries()) sorted[place] = results[index]!;
      start = Math.max(end, start + 1);
    }
    return sorted.every((message, index) => message === messages[index]) ? messages : sorted;
  },
};

/** Where the run of user messages and results that begins at `start` ends. */
function endOfRound(messages: readonly RenderMessage[], start: number): number {
  let end = start;
  while (messages[end]?.role === "user" || messages[end]?.role === "tool") end += 1;
  return end;
}

const indexes = (start: number, end: number) => Array.from({ length: end - start }, (_, index) => start + index);
