import { type Visit, walk } from "../../../templates/index.ts";
import type { Finding, Rule, Subject } from "../rule.ts";

/** Text of so many words is prose. */
const SENTENCE = /(?:[\p{L}\p{N}'’,;:-]+ ){5,}[\p{L}\p{N}'’-]+/gu;
/** What poisoned templates say; Qwen3-Coder's own template asks not to tell of function calls. */
const SUSPICIOUS =
  /https?:|\bwww\.|\b(?:ignore|disregard) (?:all|any|the|previous)|\bsecretly\b|\b(?:never|do not) (?:mention|reveal|tell)(?! the user about function calls)\b/i;

export const X03: Rule = {
  id: "X03",
  title: "the template says nothing that the known one does not say",
  severity: "warning",
  about:
    "Instructions inside a template reach the model with every request and nobody sees them. Sentences of this template that the known one " +
    "of its family does not have are counted and shown; addresses and orders to conceal weigh more.",
  fix: "read them, or take the template of the model's maker",
  sources: ["c4nary", "Pillar Security"],
  needs: ["reference"],
  check(subject) {
    const known = bare(subject.reference!.source);
    const own = proseOf(subject).filter((sentence) => !known.includes(bare(sentence)));
    const suspicious = own.filter((sentence) => SUSPICIOUS.test(sentence));
    const plain = own.filter((sentence) => !suspicious.includes(sentence));
    return [
      ...shown(plain, "sentences that only this template has"),
      ...shown(suspicious, "addresses or orders to conceal that only this template has").map((finding) => ({
        ...finding,
        severity: "security" as const,
      })),
    ];
  },
};

function shown(sentences: readonly string[], what: string): readonly Finding[] {
  if (sentences.length === 0) return [];
  const first = sentences.slice(0, 3).map((sentence) => JSON.stringify(sentence.slice(0, 160)));
  return [{ message: `${sentences.length} ${what}: ${first.join(", ")}` }];
}

/** Sentences, and whatever is suspicious; not what the template says to the caller when it refuses. */
function proseOf({ tree }: Subject): readonly string[] {
  const texts: string[] = [];
  for (const { node, parent } of tree ? walk(tree.body) : []) {
    if (node.type === "text") texts.push(node.text);
    if (node.type === "string" && !raises(parent)) texts.push(node.value);
  }
  const lines = texts.flatMap((text) => text.split("\n")).map((line) => line.trim());
  const sentences = lines.flatMap((line) => line.match(SENTENCE) ?? []);
  return [...new Set([...sentences, ...lines.filter((line) => SUSPICIOUS.test(line))])];
}

function raises(parent: Visit | undefined): boolean {
  if (parent?.node.type === "binary") return raises(parent.parent);
  return (
    parent?.node.type === "call" && parent.node.callee.type === "name" && parent.node.callee.name === "raise_exception"
  );
}

const bare = (text: string) => text.replaceAll("\\n", "").replace(/[\s\\]+/g, "");
