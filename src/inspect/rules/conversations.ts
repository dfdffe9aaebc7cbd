import type { Conversation, LooseMessage } from "./rule.ts";
import { assistant, call, calling, result, system, TOOLS, user, WEATHER } from "./words.ts";

const SYSTEM = system("SYSTEMZQ rules");
const ASK = user("ASKZQ please");
const ANSWER = assistant("ANSWERZQ given");
const AGAIN = user("AGAINZQ please");
const PARIS = call("get_weather_zq", { city_zq: "PARISZQ" });
const ROME = call("get_weather_zq", { city_zq: "ROMEZQ" }, "call00002");
const ZONE = call("get_time_zq", { zone_zq: "UTCZQ" }, "call00002");
const SUNNY = result("SUNNYZQ and warm", "get_weather_zq");
const RAINY = result("RAINYZQ and cold", "get_weather_zq", "call00002");
const NOON = result("NOONZQ sharp", "get_time_zq", "call00002");
const REASONED = { reasoning_content: "REASONZQ first" };
const REASONED_LATER = { reasoning_content: "LATERZQ then" };

/** Several rules share these; each is one object, so that its renders are remembered. The sentinels end in `ZQ`. */
export const conversations = {
  /** One user message. */
  plain: named("plain", [ASK]),
  system: named("system", [SYSTEM, ASK]),
  emptySystem: named("empty system", [system(""), ASK]),
  twoSystems: named("two systems", [SYSTEM, system("SECONDZQ rules"), ASK]),
  /** A system message after an answer. */
  lateSystem: named("late system", [ASK, ANSWER, system("SECONDZQ rules"), AGAIN]),
  developer: named("developer", [{ role: "developer", content: "DEVELOPERZQ rules" }, ASK]),
  unknownRole: named("unknown role", [ASK, ANSWER, { role: "critic", content: "CRITICZQ words" }, AGAIN]),
  /** Ends with a user message. */
  multiTurn: named("multi-turn", [SYSTEM, ASK, ANSWER, AGAIN]),
  longTurns: named("long turns", [SYSTEM, ASK, ANSWER, AGAIN, assistant("REPLYZQ given"), user("FINALZQ please")]),
  /** The last message is the assistant's. */
  assistantLast: named("assistant last", [ASK, ANSWER]),
  assistantFirst: named("assistant first", [ANSWER, AGAIN]),
  twoUsers: named("two users", [ASK, AGAIN]),
  twoAssistants: named("two assistants", [ASK, assistant("LEFTZQ"), assistant("RIGHTZQ"), AGAIN]),
  /** As after a compaction that took the user's messages. */
  noUser: offering("no user", [SYSTEM, calling([PARIS]), SUNNY]),

  tools: offering("tools", [ASK]),
  toolsWithSystem: offering("tools and system", [SYSTEM, ASK]),
  oneTool: named("one tool", [ASK], [WEATHER]),
  toolsLater: offering("tools later", [SYSTEM, ASK, ANSWER, AGAIN]),
  /** Ends with the result of a call. */
  called: offering("called", [ASK, calling([PARIS]), SUNNY]),
  /** The same with an answer and a new user message. */
  calledAndAnswered: offering("called and answered", [ASK, calling([PARIS]), SUNNY, ANSWER, AGAIN]),
  /** A second call after the first one's result. */
  calledTwice: offering("called twice", [ASK, calling([PARIS]), SUNNY, calling([ZONE]), NOON]),
  /** The call is the last message. */
  callLast: offering("call last", [ASK, calling([PARIS])]),
  /** Two calls of one message, their results in order. */
  parallel: offering("parallel calls", [ASK, calling([PARIS, ROME]), SUNNY, RAINY]),
  parallelSwapped: offering("parallel calls, results swapped", [ASK, calling([PARIS, ROME]), RAINY, SUNNY]),
  parallelTools: offering("parallel calls of two tools", [ASK, calling([PARIS, ZONE]), SUNNY, NOON]),
  contentBesideCall: offering("content beside a call", [ASK, calling([PARIS], { content: "BESIDEZQ words" }), SUNNY]),
  /** Arguments as JSON text, as OpenAI's clients send them. */
  stringArguments: offering("string arguments", [
    ASK,
    calling([call("get_weather_zq", '{"city_zq": "PARISZQ"}')]),
    SUNNY,
  ]),
  nullContent: offering("null content", [ASK, calling([PARIS], { content: null }), SUNNY]),
  missingContent: offering("missing content", [ASK, calling([PARIS], {}), SUNNY]),
  noArguments: offering("no arguments", [ASK, calling([call("get_weather_zq", {})]), SUNNY]),
  nestedArguments: offering("nested arguments", [
    ASK,
    calling([call("get_weather_zq", { city_zq: { list_zq: ["PARISZQ", { none_zq: null }], yes_zq: true } })]),
    SUNNY,
  ]),
  /** A call whose tool's name the result does not repeat. */
  namelessResult: offering("result without a name", [
    ASK,
    calling([PARIS]),
    { role: "tool", content: "SUNNYZQ and warm", tool_call_id: "call00001" },
  ]),
  emptyResult: offering("empty result", [ASK, calling([PARIS]), result("", "get_weather_zq"), ANSWER, AGAIN]),
  userAfterResult: offering("user after a result", [ASK, calling([PARIS]), SUNNY, AGAIN]),

  /** Reasoning of an earlier turn. */
  reasoned: named("reasoning", [ASK, assistant("ANSWERZQ given", REASONED), AGAIN]),
  /** Reasoning before a call of the turn that goes on. */
  reasonedCall: offering("reasoning and call", [ASK, calling([PARIS], { content: "", ...REASONED }), SUNNY]),
  reasonedLoop: offering("reasoning in a loop", [
    ASK,
    calling([PARIS], { content: "", ...REASONED }),
    SUNNY,
    calling([ZONE], { content: "", ...REASONED_LATER }),
    NOON,
  ]),
  /** A loop that is over, and a new user message. */
  reasonedLoopOver: offering("reasoning in a loop that is over", [
    ASK,
    calling([PARIS], { content: "", ...REASONED }),
    SUNNY,
    assistant("ANSWERZQ given", REASONED_LATER),
    AGAIN,
  ]),
  reasoningContentAndCall: offering("reasoning, content and call", [
    ASK,
    calling([PARIS], { content: "BESIDEZQ words", ...REASONED }),
    SUNNY,
  ]),

  /** Content as a list of text parts. */
  typedParts: named("typed parts", [
    system([{ type: "text", text: "SYSTEMZQ rules" }]),
    user([{ type: "text", text: "ASKZQ please" }]),
  ]),
  unicode: named("unicode", [user("ASKZQ 😀 é 漢字 \u2028 \"quoted\" 'single' <tag> & \\n")]),
  /** White space at the edges of content. */
  whitespace: named("white space", [user("  \nASKZQ please\n\n  "), assistant("  \nANSWERZQ\n\n  "), AGAIN]),
  emptyUser: named("empty user", [user(""), ANSWER, AGAIN]),
  emptyAssistant: named("empty assistant", [ASK, assistant(""), AGAIN]),
} as const satisfies Readonly<Record<string, Conversation>>;

/** A user message that quotes a closing thinking tag is harmless; an assistant's may lose what stands before it. */
export function quoting(tag: string): Conversation {
  return named(`quoted ${tag}`, [ASK, assistant(`BEFOREZQ ${tag} AFTERZQ`), AGAIN]);
}

/** The same conversation with other template variables; a new object, so hold on to it where its renders are wanted again. */
export function withKwargs(conversation: Conversation, kwargs: NonNullable<Conversation["kwargs"]>): Conversation {
  const shown = Object.entries(kwargs).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return { ...conversation, name: `${conversation.name} (${shown.join(", ")})`, kwargs };
}

function named(name: string, messages: readonly LooseMessage[], tools?: Conversation["tools"]): Conversation {
  return { name, messages, ...(tools && { tools }) };
}

function offering(name: string, messages: readonly LooseMessage[]): Conversation {
  return named(name, messages, TOOLS);
}
