import type { Rule } from "../rule.ts";
import { at, isAnchored, schemasOf } from "./schemas.ts";

const UNKNOWN: readonly { readonly is: RegExp; readonly what: string }[] = [
  { is: /\\[dDwWsSbB]/, what: "a class of characters" },
  { is: /\(\?(?:[=!]|<[=!])/, what: "a look around" },
  { is: /\\[1-9]/, what: "a reference back" },
  { is: /\\[pP]\{/, what: "a Unicode property" },
];

export const G02: Rule = {
  id: "G02",
  title: "patterns use only what a grammar can say",
  severity: "error",
  about:
    "The server copies classes such as \\d into its grammar as they stand, which then does not parse: every request with the tool is " +
    "answered with 400. Anchored patterns are searched for them; unanchored ones are ignored as a whole (G01).",
  fix: "write [0-9] for \\d, [A-Za-z0-9_] for \\w, [ \\t\\n] for \\s; leave out what has no such form",
  sources: ["llama.cpp #27580"],
  needs: ["tools"],
  check: ({ tools }) =>
    schemasOf(tools).flatMap((node) => {
      const { pattern } = node.schema;
      if (typeof pattern !== "string" || !isAnchored(pattern)) return [];
      const found = UNKNOWN.filter(({ is }) => is.test(pattern.replaceAll("\\\\", "")));
      return found.length === 0
        ? []
        : [at(node, `the pattern ${pattern} has ${found.map(({ what }) => what).join(" and ")}`)];
    }),
};
