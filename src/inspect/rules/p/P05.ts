import type { RenderValue } from "../../../templates/index.ts";
import { conversations } from "../conversations.ts";
import type { Conversation, LooseMessage, Rule } from "../rule.ts";
import { CLOCK, call, calling, result, user, WEATHER } from "../words.ts";

type Fields = Readonly<Record<string, RenderValue>>;

const PARIS = call("get_weather_zq", { city_zq: "PARISZQ" }) as Fields;

function turn(name: string, change: { call?: RenderValue; result?: LooseMessage; tools?: readonly RenderValue[] }) {
  const { call: made = PARIS, result: given = result("SUNNYZQ", "get_weather_zq"), tools = [WEATHER, CLOCK] } = change;
  return { name, messages: [user("ASKZQ please"), calling([made]), given], tools } satisfies Conversation;
}

const without = (value: RenderValue, key: string): Fields => {
  const { [key]: _, ...rest } = value as Fields;
  return rest;
};

const toolWithout = (key: string): RenderValue => ({
  ...(WEATHER as Fields),
  function: without((WEATHER as Fields).function, key),
});

/** Keys that clients leave out, one at a time. */
const LACKING: readonly Conversation[] = [
  turn("a result without a name", { result: without(result("SUNNYZQ", "get_weather_zq"), "name") as LooseMessage }),
  turn("a result without an id", {
    result: without(result("SUNNYZQ", "get_weather_zq"), "tool_call_id") as LooseMessage,
  }),
  turn("a call without an id", { call: without(PARIS, "id") }),
  turn("a call without a type", { call: without(PARIS, "type") }),
  turn("a tool without a description", { tools: [toolWithout("description")] }),
  turn("a tool without parameters", { tools: [toolWithout("parameters")] }),
];

export const P05: Rule = {
  id: "P05",
  title: "nothing is made of keys that may be missing",
  severity: "warning",
  about:
    "Glued to text, a missing key is nothing in llama.cpp and an error in Jinja2: the same history renders on one server and ends the " +
    "request on another. Each key that clients leave out is removed in turn, and both engines render.",
  fix: "ask `is defined` before the key is used, or give it a default",
  sources: ["minja PR 7"],
  needs: [],
  check(subject) {
    if (
      !subject.caps.toolCalls ||
      subject.render(conversations.called, { raw: true, mode: "transformers" }).type !== "text"
    )
      return [];
    return LACKING.flatMap((conversation) => {
      const lenient = subject.render(conversation, { raw: true });
      const strict = subject.render(conversation, { raw: true, mode: "transformers" });
      if (lenient.type === "refused" || strict.type === "text" || strict.raised) return [];
      const message = `${conversation.name}: llama.cpp renders it, transformers does not (${strict.message})`;
      return [{ message, fixture: conversation.name }];
    });
  },
};
