import { walk } from "../../../templates/index.ts";
import { compareTemplates, driftOf } from "../compare.ts";
import { withoutSpace } from "../differences.ts";
import type { Rule, Subject } from "../rule.ts";

/** More tags than this on one line were once on many. */
const MANY_TAGS = 40;

export const P11: Rule = {
  id: "P11",
  title: "the template's white space survived",
  severity: "error",
  about:
    "Loaders that strip line ends from a template glue words of the prompt together; the model then writes broken calls. Looked for: many " +
    "tags on one line without any line end in what they print, or a source that differs from the known template in white space alone.",
  fix: "take the template again from the model's own repository",
  sources: ["dynamo #6294"],
  needs: [],
  check(subject) {
    const { reference, source } = subject;
    if (reference && source !== reference.source && withoutSpace(source) === withoutSpace(reference.source)) {
      if (driftOf(compareTemplates(reference, subject)) === "same") return [];
      return [{ message: `only white space tells it from ${reference.name}, and prompts come out otherwise` }];
    }
    return isOneLine(subject) ? [{ message: "many tags stand on one line, and none of them prints a line end" }] : [];
  },
};

function isOneLine({ source, tree }: Subject): boolean {
  if (!tree || source.trim().includes("\n")) return false;
  let tags = 0;
  for (const { role, node } of walk(tree.body)) {
    if (node.type === "string" && node.value.includes("\n")) return false;
    if (role === "statement" && node.type !== "text") tags += 1;
  }
  return tags > MANY_TAGS;
}
