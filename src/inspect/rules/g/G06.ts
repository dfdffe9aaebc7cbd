import type { Rule } from "../rule.ts";
import { at, fieldsOf, schemasOf } from "./schemas.ts";

export const G06: Rule = {
  id: "G06",
  title: "no schema that allows nothing",
  severity: "warning",
  about:
    'Some generators write {"not": {}} for what may never stand there; the server cannot make a grammar of it. Schemas are searched for it.',
  fix: "leave the property out",
  sources: ["llama.cpp #17574"],
  needs: ["tools"],
  check: ({ tools }) =>
    schemasOf(tools).flatMap((node) => {
      const not = fieldsOf(node.schema.not);
      return not && Object.keys(not).length === 0 ? [at(node, '{"not": {}} allows nothing')] : [];
    }),
};
