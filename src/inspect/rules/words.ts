import type { RenderValue } from "../../templates/index.ts";
import type { LooseMessage } from "./rule.ts";

/**
 * Messages in few words. Sentinels are unique upper-case ASCII words, so that a rule can ask where the text of a message stands in the
 * prompt; none is part of another.
 */
export const system = (content: RenderValue): LooseMessage => ({ role: "system", content });
export const user = (content: RenderValue): LooseMessage => ({ role: "user", content });

/** An assistant message; `more` has its calls or its reasoning. */
export function assistant(content: RenderValue, more: LooseMessage = {}): LooseMessage {
  return { role: "assistant", content, ...more };
}

/** An assistant message with calls and, where it is not left out, content. */
export function calling(calls: readonly RenderValue[], more: LooseMessage = { content: "" }): LooseMessage {
  return { role: "assistant", ...more, tool_calls: calls };
}

/** A call in the wire form; `input` is an object, or JSON text as foreign clients send it. Nine characters suit every template's ids. */
export function call(name: string, input: RenderValue, id = "call00001"): RenderValue {
  return { id, type: "function", function: { name, arguments: input } };
}

/** The result of a call. */
export function result(content: RenderValue, name: string, id = "call00001"): LooseMessage {
  return { role: "tool", content, name, tool_call_id: id };
}

/** A tool in the wire form. */
export function tool(
  name: string,
  description: string,
  properties: Readonly<Record<string, RenderValue>>,
): RenderValue {
  const parameters = { type: "object", properties, required: Object.keys(properties) };
  return { type: "function", function: { name, description, parameters } };
}

/** The tools that conversations with calls offer. */
export const WEATHER = tool("get_weather_zq", "TOOLDESCZQ of the weather", {
  city_zq: { type: "string", description: "PARAMDESCZQ of the city" },
});
export const CLOCK = tool("get_time_zq", "CLOCKDESCZQ of the clock", {
  zone_zq: { type: "string", description: "ZONEDESCZQ of the zone" },
});
export const TOOLS = [WEATHER, CLOCK] as const;
