import { walk } from "../../../templates/index.ts";
import type { Rule, Subject } from "../rule.ts";

/** Text of so many words is prose. */
const SENTENCE = /(?:[\p{L}\p{N}'’,;:-]+ ){5,}[\p{L}\p{N}'’-]+/gu;
/** What poisoned templates say. */
const SUSPICIOUS =
  /https?:|\bwww\.|\b(?:ignore|disregard|secret(?:ly)?|never (?:mention|reveal|tell)|do not (?:mention|reveal|tell))\b/i;

export const X03: Rule = {
  id: "X03",
  title: "the template says nothing that the known one does not say",
  severity: "warning",
  about:
    "Instructions inside a template reach the model with every request and nobody sees them. Sentences of this template that the known one " +
    "of its family does not have are listed; addresses and orders to conceal weigh more.",
  fix: "read them, or take the template of the model's maker",
  sources: ["c4nary", "Pillar Security"],
  needs: ["reference"],
  check(subject) {
    const known = bare(subject.reference!.source);
    return proseOf(subject)
      .filter((sentence) => !known.includes(bare(sentence)))
      .map((sentence) => ({
        message: `only this template says: ${sentence.slice(0, 200)}`,
        ...(SUSPICIOUS.test(sentence) && { severity: "security" as const }),
      }));
  },
};

function proseOf({ tree }: Subject): readonly string[] {
  const texts: string[] = [];
  for (const { node } of tree ? walk(tree.body) : []) {
    if (node.type === "text") texts.push(node.text);
    if (node.type === "string") texts.push(node.value);
  }
  const sentences = texts.flatMap((text) => text.replace(/\s+/g, " ").match(SENTENCE) ?? []);
  return [...new Set([...sentences, ...texts.filter((text) => SUSPICIOUS.test(text))])];
}

const bare = (text: string) => text.replaceAll("\\n", "").replace(/[\s\\]+/g, "");
