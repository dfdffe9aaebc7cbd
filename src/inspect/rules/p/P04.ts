import { MUTATING_METHODS } from "../../../templates/index.ts";
import type { Rule } from "../rule.ts";
import { usesOf } from "./uses.ts";

export const P04: Rule = {
  id: "P04",
  title: "no value is changed in place",
  severity: "warning",
  about:
    "transformers renders in a sandbox in which lists and mappings cannot be changed: a call of append, pop or update ends the render " +
    "there, while llama.cpp runs it. The source is searched for such calls.",
  fix: "build a new list (`a + [b]`) or keep the state in a namespace",
  sources: [],
  needs: [],
  check({ tree }) {
    const calls = tree ? usesOf(tree).filter(({ kind, name }) => kind === "methods" && MUTATING_METHODS.has(name)) : [];
    const [first] = calls;
    if (!first) return [];
    const names = [...new Set(calls.map(({ name }) => name))].join(", ");
    return [{ message: `calls ${names}, which transformers' sandbox refuses`, span: first.span }];
  },
};
