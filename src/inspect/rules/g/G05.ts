import type { Rule } from "../rule.ts";
import { at, schemasOf } from "./schemas.ts";

const SIBLINGS = ["properties", "required", "items", "enum"];

export const G05: Rule = {
  id: "G05",
  title: "a union stands alone",
  severity: "warning",
  about:
    "Of a schema with anyOf or oneOf the server's grammar takes the union and forgets what stands beside it, so that the model may leave " +
    "out required parameters. Schemas with both are looked for.",
  fix: "move properties and required into each branch of the union",
  sources: ["llama.cpp #7703"],
  needs: ["tools"],
  check: ({ tools }) =>
    schemasOf(tools).flatMap((node) => {
      const union = ["anyOf", "oneOf"].find((key) => Array.isArray(node.schema[key]));
      const beside = SIBLINGS.filter((key) => node.schema[key] !== undefined);
      return union && beside.length > 0 ? [at(node, `${union} stands beside ${beside.join(", ")}`)] : [];
    }),
};
