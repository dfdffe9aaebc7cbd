import type { Rule } from "../rule.ts";
import { lostWords, offeringParameters, showsParameters } from "./schemas.ts";

/** Keywords with a value that is unique in the prompt. */
const KEYWORDS = [
  { keyword: "enum", value: ["ENUMLEFTZQ", "ENUMRIGHTZQ"], type: "string", word: "ENUMRIGHTZQ" },
  { keyword: "const", value: "CONSTZQ", type: "string", word: "CONSTZQ" },
  { keyword: "default", value: "DEFAULTZQ", type: "string", word: "DEFAULTZQ" },
  { keyword: "pattern", value: "^PATTERNZQ$", type: "string", word: "PATTERNZQ" },
  { keyword: "minimum", value: 70123, type: "integer", word: "70123" },
  { keyword: "maximum", value: 80123, type: "integer", word: "80123" },
] as const;

const LIMITED = offeringParameters(
  "parameters with limits",
  Object.fromEntries(
    KEYWORDS.map(({ keyword, value, type }) => [`${keyword}_zq`, { type, description: "LIMITZQ", [keyword]: value }]),
  ),
);

export const S04: Rule = {
  id: "S04",
  title: "limits on a parameter reach the prompt",
  severity: "info",
  about:
    "What the template leaves out of a schema the model cannot keep to; a grammar may still enforce it. A tool whose parameters have enum, " +
    "const, default, pattern, minimum and maximum is rendered, each with a value of its own to look for.",
  fix: "repeat the limit in the parameter's description",
  sources: [],
  needs: [],
  check(subject) {
    if (!showsParameters(subject)) return [];
    const words = KEYWORDS.map(({ word }) => word);
    const { lost, refusal } = lostWords(subject, LIMITED, words);
    const fixture = LIMITED.name;
    if (refusal !== undefined)
      return [{ message: `a tool with limits is refused: ${refusal}`, fixture, severity: "error" }];
    const missing = KEYWORDS.filter(({ word }) => lost.includes(word)).map(({ keyword }) => keyword);
    return missing.length > 0 ? [{ message: `not shown to the model: ${missing.join(", ")}`, fixture }] : [];
  },
};
