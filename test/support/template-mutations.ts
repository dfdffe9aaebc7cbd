import { conversations } from "../../src/inspect/rules/conversations.ts";
import type { Conversation, Subject } from "../../src/inspect/rules/rule.ts";
import { parseTemplate } from "../../src/templates/index.ts";
import type { Block, Statement } from "../../src/templates/jinja/ast.ts";
import { walk } from "../../src/templates/jinja/walk.ts";

/** A template with one thing broken. */
export interface Mutant {
  readonly kind: "drop" | "reverse" | "blank";
  /** Where, for the message of a test: `drop line 12: {{ message.content }}`. */
  readonly name: string;
  readonly source: string;
}

/**
 * All mutants of a template: each `{{ … }}` printing nothing, each loop over the messages the other way round, each branch of an `if`
 * empty.
 */
export function mutantsOf(original: string): readonly Mutant[] {
  const { source, body } = parseTemplate(original);
  const mutant = (kind: Mutant["kind"], start: number, end: number, by: string): Mutant => ({
    kind,
    name: `${kind} line ${source.slice(0, start).split("\n").length}: ${source.slice(start, end).slice(0, 60)}`,
    source: source.slice(0, start) + by + source.slice(end),
  });
  const mutants: Mutant[] = [];
  for (const { role, node } of walk(body)) {
    if (role !== "statement") continue;
    if (node.type === "output") mutants.push(mutant("drop", node.value.span.start, node.value.span.end, "''"));
    if (node.type === "for" && /messages/.test(source.slice(node.iterable.span.start, node.iterable.span.end))) {
      const { start, end } = node.iterable.span;
      mutants.push(mutant("reverse", start, end, `(${source.slice(start, end)})|list|reverse`));
    }
    for (const branch of branchesOf(node)) {
      mutants.push(mutant("blank", branch[0]!.span.start, branch.at(-1)!.span.end, ""));
    }
  }
  return mutants;
}

function branchesOf(node: Statement): readonly Block[] {
  if (node.type !== "if") return [];
  const isElif = node.otherwise.length === 1 && node.otherwise[0]!.type === "if";
  return [node.body, ...(isElif ? [] : [node.otherwise])].filter((branch) => branch.length > 0);
}

/** What a mutant costs a user: words lost, words in another order, anything else, or nothing at all. */
export type Harm = "lost" | "reordered" | "changed" | "none";

/** Renders the shared conversations with both and says how the mutant is worse; the gravest harm counts. */
export function harmOf(original: Subject, mutant: Subject): Harm {
  let harm: Harm = "none";
  for (const conversation of Object.values(conversations) as Conversation[]) {
    const before = original.render(conversation);
    const after = mutant.render(conversation);
    if (before.type === "refused") continue;
    const text = after.type === "text" ? after.text : "";
    if (text === before.text) continue;
    const words = wordsOf(conversation).filter((word) => before.text.includes(word));
    if (words.some((word) => !text.includes(word))) return "lost";
    const order = (shown: string) => words.toSorted((a, b) => shown.indexOf(a) - shown.indexOf(b)).join(" ");
    if (order(text) !== order(before.text)) harm = "reordered";
    else if (harm === "none") harm = "changed";
  }
  return harm;
}

/** The sentinels of the messages themselves, calls and results among them. */
function wordsOf({ messages }: Conversation): readonly string[] {
  return [...new Set(JSON.stringify(messages).match(/\b(?:[A-Z]+ZQ|[a-z_]+_zq)\b/g))];
}
