import type { Conversation } from "../rule.ts";
import { call, calling, result, system, tool, user, WEATHER } from "../words.ts";

/** A place in a conversation where somebody's text stands. */
export interface TextPlace {
  /** As a sentence names it. */
  readonly name: string;
  /** A conversation with that text there. */
  readonly holding: (text: string) => Conversation;
}

const ASK = user("ASKZQ");

export const SYSTEM_MESSAGE: TextPlace = place("the system message", (text) => ({ messages: [system(text), ASK] }));

export const USER_TEXT: TextPlace = place("a user's text", (text) => ({ messages: [user(text)] }));

export const TOOL_RESULT: TextPlace = place("a tool's result", (text) => ({
  messages: [ASK, calling([call("get_weather_zq", { city_zq: "PARISZQ" })]), result(text, "get_weather_zq")],
  tools: [WEATHER],
}));

export const TOOL_DESCRIPTION: TextPlace = place("a tool's description", (text) => ({
  messages: [ASK],
  tools: [tool("get_weather_zq", text, { city_zq: { type: "string" } })],
}));

function place(name: string, holding: (text: string) => Omit<Conversation, "name">): TextPlace {
  return { name, holding: (text) => ({ name, ...holding(text) }) };
}
