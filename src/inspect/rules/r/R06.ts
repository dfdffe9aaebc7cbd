import { probeThinking } from "../../../templates/index.ts";
import { conversations, withKwargs } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { openingOf, tagsOf, thinks } from "./thinking.ts";

const SWITCHES = ["enable_thinking", "thinking"].map((name) => ({
  name,
  on: withKwargs(conversations.plain, { [name]: true }),
  off: withKwargs(conversations.plain, { [name]: false }),
}));

export const R06: Rule = {
  id: "R06",
  title: "which way thinking is switched, and where the answer begins",
  severity: "warning",
  about:
    "Programs that do not set the switch get the template's own default, which differs between sizes of one family, and a prompt that ends " +
    "inside an open block must be parsed from inside it. A prompt is rendered without the switch, with true and with false; a default " +
    "unlike the family's and a switch that works in reverse are warned of.",
  fix: "always send the switch in chat_template_kwargs; parse the answer from where the prompt ends",
  sources: ["dynamo #12687"],
  needs: [],
  check(subject) {
    const working = SWITCHES.find(({ on, off }) => rawText(subject, on) !== rawText(subject, off));
    if (working) return switched(subject, working);
    const fixture = conversations.plain.name;
    const opener = openerOf(subject, conversations.plain);
    const names = thinks(subject) ? namesIn(subject) : [];
    const found: string[] = [];
    if (names.length > 0) found.push(`thinking is set by ${names.join(" and ")}, not by a switch`);
    if (opener !== undefined) found.push(`every answer begins inside ${opener}`);
    return found.length > 0 ? [{ message: found.join("; "), fixture, severity: "info" }] : [];
  },
};

/** Variables of the template's own that have to do with thinking. */
function namesIn(subject: Subject): readonly string[] {
  const outcome = subject.render(conversations.plain, { raw: true });
  if (outcome.type === "refused") return [];
  return [...outcome.reads].filter((path) => /^[a-z_]*(think|reasoning)[a-z_]*$/.test(path) && !KEEPS.test(path));
}

/** Names of what becomes of earlier reasoning. */
const KEEPS = /keep|preserve|clear|truncate|drop|history/;

function switched(subject: Subject, { name, on, off }: (typeof SWITCHES)[number]): readonly Finding[] {
  const fixture = conversations.plain.name;
  const absent = rawText(subject, conversations.plain);
  const opened = openerOf(subject, on);
  const found: Finding[] = [];
  if (opened === undefined && openerOf(subject, off) !== undefined)
    found.push({ message: `${name}=true closes the block that ${name}=false leaves open`, fixture: on.name });
  const byDefault = absent === rawText(subject, on) ? "on" : absent === rawText(subject, off) ? "off" : undefined;
  const { thinking, title } = subject.profile;
  if (byDefault === undefined)
    found.push({ message: `without ${name} the prompt is like neither of those with it`, fixture });
  else if (thinking.kwarg === name && thinking.default !== "none" && thinking.default !== byDefault)
    found.push({
      message: `thinking is ${byDefault} where ${name} is not given, unlike ${title}, which it looks like`,
      fixture,
    });
  const where = opened === undefined ? "" : `; with it on the answer begins inside ${opened}`;
  const message = `thinking is ${byDefault ?? "neither on nor off"} by default and switched by ${name}${where}`;
  return [...found, { message, fixture, severity: "info" }];
}

function rawText(subject: Subject, conversation: (typeof SWITCHES)[number]["on"]): string {
  return textOf(subject.render(conversation, { raw: true }));
}

/** The tag inside which the answer begins. */
function openerOf(subject: Subject, conversation: (typeof SWITCHES)[number]["on"]): string | undefined {
  const tags = tagsOf(subject);
  const markers = { open: tags.map(({ open }) => open), close: tags.map(({ close }) => close) };
  const { thinkingOpen, opener } = probeThinking(openingOf(subject, conversation, true), markers);
  return thinkingOpen ? opener : undefined;
}
