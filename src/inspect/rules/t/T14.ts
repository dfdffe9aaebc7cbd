import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import { between } from "../places.ts";
import type { Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";

/** Words that Python writes and JSON does not. */
const PYTHON = /'list_zq'|'none_zq'|\bTrue\b|\bNone\b/;

export const T14: Rule = {
  id: "T14",
  title: "nested arguments stay JSON",
  severity: "error",
  about:
    "A nested value that is printed without `tojson` comes out as Python writes it (`None`, `True`, single quotes), and the model copies " +
    "that into calls that are no JSON. A call with nested lists, objects, true and null is rendered; what only Python's own engine prints so is a warning.",
  fix: "print values that are not strings with `tojson`",
  sources: [],
  needs: [],
  check(subject) {
    if (!showsCalls(subject)) return [];
    const fixture = conversations.nestedArguments.name;
    for (const mode of ["llama.cpp", "transformers"] as const) {
      const text = textOf(subject.render(conversations.nestedArguments, { mode }));
      const shown = PYTHON.exec(between(text, "ASKZQ", "SUNNYZQ") ?? "");
      if (!shown) continue;
      const message = `nested arguments are printed as Python writes them: ${shown[0]}`;
      return [{ message, fixture, ...(mode === "transformers" && { severity: "warning" as const }) }];
    }
    return [];
  },
};
