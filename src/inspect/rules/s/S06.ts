import { conversations } from "../conversations.ts";
import type { Rule, Subject } from "../rule.ts";

/** The wire's wrapper, `"function": {… "name": …`, around the tool and not around a call. */
const WRAPPED = /["']function["']\s*:\s*\{[^{}]*["']name["']\s*:\s*["']get_weather_zq["']/;

export const S06: Rule = {
  id: "S06",
  title: "whether tools are printed in the wire's wrapper",
  severity: "info",
  about:
    'Some models were trained on tools as they come over the wire, `{"type": "function", "function": {…}}`, others on the bare function. ' +
    "The wrapper costs tokens for every tool. Where a known-good template is at hand, both must do the same; else it is only told.",
  fix: "print `tool.function` in place of `tool` where the model was trained so",
  sources: [],
  needs: [],
  check(subject) {
    const own = isWrapped(subject);
    if (own === undefined) return [];
    const fixture = conversations.oneTool.name;
    const theirs = subject.reference && isWrapped(subject.reference);
    if (theirs === undefined)
      return own ? [{ message: 'tools are printed whole, with `"type": "function"` around each', fixture }] : [];
    if (theirs === own) return [];
    const message = `tools are printed ${own ? "with" : "without"} the wire's wrapper, unlike ${subject.reference?.name}`;
    return [{ message, fixture, severity: "warning" }];
  },
};

/** Undefined where the tool is not shown at all. */
function isWrapped(subject: Pick<Subject, "render">): boolean | undefined {
  const outcome = subject.render(conversations.oneTool);
  if (outcome.type === "refused" || !outcome.text.includes("PARAMDESCZQ")) return undefined;
  return WRAPPED.test(outcome.text);
}
