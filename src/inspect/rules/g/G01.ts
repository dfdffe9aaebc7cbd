import type { Rule } from "../rule.ts";
import { at, isAnchored, schemasOf } from "./schemas.ts";

export const G01: Rule = {
  id: "G01",
  title: "patterns begin with ^ and end with $",
  severity: "warning",
  about:
    "The server makes a grammar of every tool's schema and can express patterns for a whole text only: older builds refuse every request " +
    "with such a tool, newer ones ignore the pattern. Each `pattern` in the schemas is looked at.",
  fix: "write the pattern as ^…$, with .* where anything may stand, or leave it out",
  sources: ["k8s-mcp #758"],
  needs: ["tools"],
  check: ({ tools }) =>
    schemasOf(tools).flatMap((node) => {
      const { pattern } = node.schema;
      if (typeof pattern !== "string" || isAnchored(pattern)) return [];
      return [at(node, `the pattern ${pattern} is not anchored`)];
    }),
};
