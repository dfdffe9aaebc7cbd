import { conversations } from "../conversations.ts";
import type { Conversation, Finding, Rule } from "../rule.ts";
import { user } from "../words.ts";

const offering = (name: string, tool: Readonly<Record<string, string | object>>): Conversation => ({
  name,
  messages: [user("ASKZQ please")],
  tools: [{ type: "function", function: { ...tool } as Record<string, string> }],
});

const CASES: readonly { readonly what: string; readonly conversation: Conversation }[] = [
  {
    what: "a tool without parameters",
    conversation: offering("tool without parameters", {
      name: "get_weather_zq",
      description: "TOOLDESCZQ of the weather",
    }),
  },
  {
    what: "a tool without a description",
    conversation: offering("tool without description", {
      name: "get_weather_zq",
      parameters: { type: "object", properties: { city_zq: { type: "string" } }, required: ["city_zq"] },
    }),
  },
];

export const T13: Rule = {
  id: "T13",
  title: "a tool may lack parameters and description",
  severity: "warning",
  about:
    "MCP servers offer tools without parameters or without a description. A template that needs them fails for the whole request. A tool " +
    "without the one and a tool without the other are rendered.",
  fix: 'send `parameters: {"type": "object", "properties": {}}` and an empty description',
  sources: [],
  needs: [],
  check(subject) {
    if (!subject.caps.tools || subject.render(conversations.oneTool).type === "refused") return [];
    return CASES.flatMap(({ what, conversation }): readonly Finding[] => {
      const outcome = subject.render(conversation);
      const fixture = conversation.name;
      if (outcome.type === "refused") return [{ message: `${what} is refused: ${outcome.message}`, fixture }];
      return outcome.text.includes("get_weather_zq") ? [] : [{ message: `${what} does not reach the prompt`, fixture }];
    });
  },
};
