import { loadPackageEngine, parseTemplate, refusedBy } from "../../../templates/index.ts";
import { HalterError } from "../../../types/index.ts";
import type { Finding, Rule } from "../rule.ts";

export const P02: Rule = {
  id: "P02",
  title: "every engine can load the template",
  severity: "error",
  about:
    "An engine that cannot load a template falls back to another one or refuses every request. The source is parsed; then it is held " +
    "against what the parser of llama.cpp, Jinja2 as transformers sets it up, and `@huggingface/jinja` refuse.",
  fix: "write the construct in another way that all engines read",
  sources: ["club-3090 #1250", "llama.cpp #15186"],
  needs: [],
  evenUnreadable: true,
  async check({ source, tree, parseError }) {
    if (source.trim() === "") return [];
    if (!tree) return [unread(parseError!)];
    const findings: Finding[] = [];
    for (const mode of ["llama.cpp", "transformers"] as const) {
      const refusal = refusedBy(mode, tree);
      if (refusal) findings.push({ message: `${mode} does not load it: ${refusal.what}`, span: refusal.span });
    }
    const reason = await refusedByPackage(source);
    if (reason !== undefined)
      findings.push({ message: `@huggingface/jinja does not load it: ${reason}`, severity: "warning" });
    return findings;
  },
};

/** The fault of a template that does not parse, or the bound of ours that it is beyond, with the parser's own advice. */
function unread({ message, hint, data }: HalterError): Finding {
  const why = message.split("\n", 1)[0];
  return {
    message:
      data.limited === true
        ? `the template is beyond a bound of halter's own and is not checked: ${why}`
        : `the template cannot be parsed: ${why}`,
    fix: hint ?? "correct the source at that place",
  };
}

/** Parses it once more to be sure that no error is thrown but for the template's sake. */
async function refusedByPackage(source: string): Promise<string | undefined> {
  const engine = await loadPackageEngine();
  try {
    engine.compile(parseTemplate(source).source);
    return undefined;
  } catch (error) {
    if (error instanceof HalterError) return error.message.split("\n", 1)[0];
    throw error;
  }
}
