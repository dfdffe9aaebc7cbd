import { textOf } from "../differences.ts";
import type { Conversation, Rule } from "../rule.ts";
import { call, calling, result, user } from "../words.ts";

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
const OFFERED: Conversation = { name: "a tool with lists in its schema", messages: [user("ASKZQ")], tools: [TOOL] };
const CALLED: Conversation = {
  name: "arguments that are lists and objects",
  messages: [user("ASKZQ"), calling([call("get_weather_zq", ARGUMENTS)]), result("SUNNYZQ", "get_weather_zq")],
  tools: [TOOL],
};

/** How Python writes a list or mapping of text; parts of content aside, which servers join before. */
const PYTHON = /\[\s*'[\w-]+'\s*[,\]]|\{\s*'[\w-]+'\s*:(?! 'text')/;

export const P08: Rule = {
  id: "P08",
  title: "only text is printed without tojson",
  severity: "warning",
  about:
    "Lists, mappings, booleans and none that are printed as they are come out in Python's notation in transformers, as JSON in " +
    "`@huggingface/jinja` and without brackets in llama.cpp. Schemas and arguments with lists are rendered and searched for Python's quotes.",
  fix: "print such values with `| tojson`",
  sources: ["QwenLM/Qwen3-Coder #444"],
  needs: [],
  check(subject) {
    for (const conversation of [OFFERED, CALLED]) {
      const text = textOf(subject.render(conversation, { mode: "transformers" }));
      const at = text.search(PYTHON);
      if (at < 0) continue;
      const message = `transformers prints ${JSON.stringify(text.slice(at, at + 40))}, other engines write the value otherwise`;
      return [{ message, fixture: conversation.name }];
    }
    return [];
  },
};
