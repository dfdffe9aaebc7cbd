import { textOf } from "../differences.ts";
import type { Conversation, LooseMessage, Rule, Subject } from "../rule.ts";
import { assistant, call, calling, result, TOOLS, user } from "../words.ts";
import { tagsOf, thinks } from "./thinking.ts";

const FIELDS = ["reasoning_content", "reasoning", "thinking"] as const;
const OTHERS = FIELDS.slice(1);

/** Reasoning before a call and before an answer, in that field. */
const CARRIED = new Map(FIELDS.map((field) => [field, carrying(field, { [field]: "REASONZQ first" })]));

export const R03: Rule = {
  id: "R03",
  title: "reasoning is read from `reasoning_content`",
  severity: "warning",
  about:
    "Servers and clients call the field of the reasoning by three names; a template that looks at another one never shows it. A call and " +
    "an answer are rendered with each name, without a server's rewrites, and with the reasoning between tags in the content.",
  fix: "send the field that the template reads, or let llama-server rename it",
  sources: [],
  needs: [],
  check(subject) {
    if (!thinks(subject) || shows(subject, "reasoning_content")) return [];
    const isRewritten = CARRIED.get("reasoning_content")?.some((one) => shown(subject, one, false)) === true;
    const read = OTHERS.filter((field) => shows(subject, field));
    const fixture = "reasoning in each field";
    const where =
      read.length > 0
        ? `from ${read.join(" and ")}`
        : inContent(subject)
          ? "where content has it between tags"
          : "nowhere";
    const message = `reasoning_content is not shown; reasoning is shown ${where}`;
    if (isRewritten) return [{ message: `${message}; llama-server moves it`, fixture, severity: "info" }];
    return [{ message, fixture, ...(read.length === 0 && { severity: "info" }) }];
  },
};

function shows(subject: Subject, field: (typeof FIELDS)[number]): boolean {
  return CARRIED.get(field)?.some((conversation) => shown(subject, conversation, true)) === true;
}

function inContent(subject: Subject): boolean {
  return tagsOf(subject).some(({ open, close }) =>
    shown(subject, carrying("content", {}, `${open}\nREASONZQ first\n${close}\n\nANSWERZQ given`)[1]!, true),
  );
}

function shown(subject: Subject, conversation: Conversation, raw: boolean): boolean {
  return textOf(subject.render(conversation, { raw })).includes("REASONZQ");
}

function carrying(what: string, more: LooseMessage, content = "ANSWERZQ given"): readonly Conversation[] {
  const kwargs = { enable_thinking: true, thinking: true };
  const ask = user("ASKZQ please");
  const called = calling([call("get_weather_zq", { city_zq: "PARISZQ" })], { content: "", ...more });
  return [
    {
      name: `call with ${what}`,
      tools: TOOLS,
      kwargs,
      messages: [ask, called, result("SUNNYZQ and warm", "get_weather_zq")],
    },
    { name: `answer with ${what}`, messages: [ask, assistant(content, more)], kwargs },
  ];
}
