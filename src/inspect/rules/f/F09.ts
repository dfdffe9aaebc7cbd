import { conversations } from "../conversations.ts";
import { firstDifference } from "../differences.ts";
import type { Conversation, Finding, Rule, Subject } from "../rule.ts";

export const F09: Rule = {
  id: "F09",
  title: "content in parts renders as the same text",
  severity: "warning",
  about:
    "Clients may send content as a list of parts. A template that expects text prints the list itself or fails. The same messages are " +
    "rendered as parts and as text; llama-server joins parts where its probes say so, other programs do not, which is then only a fact.",
  fix: "join the text parts before sending, or print `part.text` for each part",
  sources: ["lmstudio-bug-tracker #626", "opencode #21034"],
  needs: [],
  check(subject) {
    const message = parted(subject, false);
    if (message) return [message];
    const raw = parted(subject, true);
    return raw ? [{ ...raw, message: `${raw.message}, unless llama-server joins the parts`, severity: "info" }] : [];
  },
};

function parted(subject: Subject, raw: boolean): Finding | undefined {
  const expected = subject.render(conversations.system, { raw });
  if (expected.type === "refused" || !expected.text.includes("ASKZQ")) return undefined;
  const { name: fixture }: Conversation = conversations.typedParts;
  const outcome = subject.render(conversations.typedParts, { raw });
  if (outcome.type === "refused") return { message: `content in parts is refused: ${outcome.message}`, fixture };
  const difference = firstDifference(expected.text, outcome.text);
  if (!difference) return undefined;
  const isPrinted = /["']type["']\s*:\s*["']text["']/.test(outcome.text);
  const message = isPrinted ? "the list of parts is printed instead of its text" : "content in parts renders otherwise";
  return { message, fixture, difference };
}
