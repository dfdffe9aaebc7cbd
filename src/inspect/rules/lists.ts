import type { Conversation } from "./rule.ts";
import { call, calling, result, user } from "./words.ts";

/** Values that a schema may hold beside text, each with a word of its own. */
const PROPERTIES = {
  city_zq: { type: ["string", "null"], description: "PARAMDESCZQ", enum: ["ONEZQ", "TWOZQ"] },
  count_zq: { type: "object", description: "COUNTDESCZQ", properties: { inner_zq: { type: "string" } } },
};
const TOOL = {
  type: "function",
  function: {
    name: "get_weather_zq",
    description: "TOOLDESCZQ",
    parameters: { type: "object", properties: PROPERTIES, required: ["city_zq", "count_zq"] },
  },
};
const ARGUMENTS = { city_zq: ["PARISZQ", "ROMEZQ"], count_zq: { inner_zq: "INNERZQ" } };
/** The tool alone; what engines print of a list differs most. */
export const LISTS_OFFERED: Conversation = {
  name: "a tool with lists in its schema",
  messages: [user("ASKZQ")],
  tools: [TOOL],
};
export const LISTS_CALLED: Conversation = {
  name: "arguments that are lists and objects",
  messages: [user("ASKZQ"), calling([call("get_weather_zq", ARGUMENTS)]), result("SUNNYZQ", "get_weather_zq")],
  tools: [TOOL],
};
