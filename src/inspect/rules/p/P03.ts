import { type Vocabulary, vocabularyOf } from "../../../templates/index.ts";
import type { Rule, Severity } from "../rule.ts";
import { PACKAGE_VOCABULARY } from "./package-vocabulary.ts";
import { type Use, usesOf } from "./uses.ts";

const ENGINES: readonly { readonly name: string; readonly knows: Vocabulary; readonly severity: Severity }[] = [
  { name: "llama.cpp", knows: vocabularyOf("llama.cpp"), severity: "warning" },
  { name: "transformers", knows: vocabularyOf("transformers"), severity: "warning" },
  { name: "@huggingface/jinja", knows: PACKAGE_VOCABULARY, severity: "info" },
];

const NOUNS: Readonly<Record<keyof Vocabulary, string>> = {
  filters: "filter",
  tests: "test",
  functions: "function",
  methods: "method",
  loop: "loop attribute",
};

export const P03: Rule = {
  id: "P03",
  title: "only constructs that every engine has",
  severity: "warning",
  about:
    "A filter, test, method or function that an engine lacks ends the request as soon as that line is reached, often only when a tool " +
    "is called. Every name in the source is looked up in what llama.cpp, Jinja2 and `@huggingface/jinja` have for any type of value.",
  fix: "replace it by something that all engines have (a test and a slice for rfind, tojson for json)",
  sources: ["llama.cpp #15186", "lmstudio-bug-tracker #1342"],
  needs: [],
  check({ tree }) {
    const uses = tree ? usesOf(tree) : [];
    return ENGINES.flatMap(({ name, knows, severity }) => {
      const missing = uses.filter((use) => !knows[use.kind].has(use.name));
      const [first] = missing;
      return first ? [{ message: `${name} does not have ${namesOf(missing)}`, span: first.span, severity }] : [];
    });
  },
};

function namesOf(uses: readonly Use[]): string {
  return [...new Set(uses.map(({ kind, name }) => `the ${NOUNS[kind]} ${name}`))].join(", ");
}
