import type { Rule } from "../rule.ts";
import { above, at, schemasOf } from "./schemas.ts";

export const G03: Rule = {
  id: "G03",
  title: "no pattern inside the items of a list",
  severity: "error",
  about:
    "A pattern for the items of a list makes a grammar that the server refuses in many builds. Patterns anywhere below `items` are looked for.",
  fix: "leave the pattern out there and say in the description what the items look like",
  sources: ["llama.cpp #25895", "llama.cpp #22314"],
  needs: ["tools"],
  check: ({ tools }) =>
    schemasOf(tools).flatMap((node) => {
      if (typeof node.schema.pattern !== "string") return [];
      const isItem = [node, ...above(node)].some(({ pointer }) => /\/(?:items|prefixItems)(?:\/\d+)?$/.test(pointer));
      return isItem ? [at(node, "a pattern stands inside the items of a list")] : [];
    }),
};
