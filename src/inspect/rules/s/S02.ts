import type { Rule } from "../rule.ts";
import { lostWords, offeringParameters, showsParameters } from "./schemas.ts";

const PLACE = { type: "object", properties: { street_zq: { type: "string", description: "STREETZQ of the place" } } };
const REFERRING = offeringParameters(
  "a parameter that refers to a definition",
  { place_zq: { $ref: "#/$defs/place_def_zq" } },
  { $defs: { place_def_zq: PLACE } },
);

export const S02: Rule = {
  id: "S02",
  title: "definitions that a schema refers to reach the prompt",
  severity: "warning",
  about:
    "Tool schemas made from classes refer to shared definitions with `$ref`. A template that prints only the properties leaves the model " +
    "with a name and no fields. A tool with a definition is rendered; the field inside it must stand in the prompt.",
  fix: "put the definition in the place of the `$ref` before sending the tool",
  sources: [],
  needs: [],
  check(subject) {
    if (!showsParameters(subject)) return [];
    const { lost, refusal } = lostWords(subject, REFERRING, ["STREETZQ"]);
    const fixture = REFERRING.name;
    if (refusal !== undefined)
      return [{ message: `a tool with $ref is refused: ${refusal}`, fixture, severity: "error" }];
    return lost.length > 0 ? [{ message: "what a $ref stands for does not reach the prompt", fixture }] : [];
  },
};
