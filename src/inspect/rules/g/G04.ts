import type { Rule } from "../rule.ts";
import { above, at, type SchemaNode, schemasOf } from "./schemas.ts";

/** Repetitions that llama.cpp's grammars allow (`MAX_REPETITION_THRESHOLD`); a larger upper bound alone counts as none. */
const THRESHOLD = 2_000;

export const G04: Rule = {
  id: "G04",
  title: "bounds of length stay small",
  severity: "error",
  about:
    "Each bounded length is a repetition in the grammar, and bounds inside each other multiply: above 2,000 the server refuses every " +
    "request with the tool. The bounds along each path of a schema are multiplied.",
  fix: "leave out minLength, maxLength, minItems and maxItems where they are large, or check them in the tool",
  sources: ["firecrawl #4512", "llama.cpp #25923"],
  needs: ["tools"],
  check: ({ tools }) =>
    schemasOf(tools).flatMap((node) => {
      const { minLength, minItems } = node.schema;
      const least = Math.max(numberOf(minLength), numberOf(minItems));
      if (least > THRESHOLD) return [at(node, `a least length of ${least} is more than ${THRESHOLD}`)];
      const own = repetitions(node);
      const product = above(node).reduce((all, outer) => all * repetitions(outer), own);
      if (own === 1 || product <= THRESHOLD) return [];
      return [at(node, `bounds inside each other multiply to ${product}, more than ${THRESHOLD}`)];
    }),
};

/** How often the grammar repeats something for this schema alone. */
function repetitions({ schema: { maxLength, maxItems } }: SchemaNode): number {
  const most = Math.max(numberOf(maxLength), numberOf(maxItems));
  return most > THRESHOLD ? 1 : Math.max(1, most);
}

const numberOf = (value: unknown) => (typeof value === "number" ? value : 0);
