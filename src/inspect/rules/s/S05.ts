import type { Rule } from "../rule.ts";
import { lostWords, offeringParameters, showsParameters } from "./schemas.ts";

const DEEP = { type: "object", properties: { deep_zq: { type: "string", description: "DEEPZQ of it" } } };
const SHAPES = [
  {
    what: "the fields of an object inside an object",
    name: "deep_zq",
    description: "DEEPZQ",
    conversation: offeringParameters("an object inside an object", {
      outer_zq: { type: "object", description: "OUTERZQ", properties: { inner_zq: DEEP } },
    }),
  },
  {
    what: "the fields of a list's objects",
    name: "deep_zq",
    description: "DEEPZQ",
    conversation: offeringParameters("a list of objects", {
      rows_zq: { type: "array", description: "ROWSZQ", items: DEEP },
    }),
  },
  {
    what: "what a list's strings may be",
    name: "RIGHTZQ",
    description: "RIGHTZQ",
    conversation: offeringParameters("a list of certain strings", {
      sides_zq: { type: "array", description: "SIDESZQ", items: { type: "string", enum: ["LEFTZQ", "RIGHTZQ"] } },
    }),
  },
] as const;

export const S05: Rule = {
  id: "S05",
  title: "nested fields and list items reach the prompt",
  severity: "warning",
  about:
    "A template that prints only the first level of a schema lets the model invent the fields of nested objects. Tools with an object in " +
    "an object, a list of objects and a list of certain strings are rendered; the innermost names and their descriptions must stand in the prompt.",
  fix: "flatten the parameters, or describe the fields in the outer parameter's description",
  sources: [],
  needs: [],
  check(subject) {
    if (!showsParameters(subject)) return [];
    return SHAPES.flatMap(({ what, name, description, conversation }) => {
      const { lost, refusal } = lostWords(subject, conversation, [name, description]);
      const fixture = conversation.name;
      if (refusal !== undefined)
        return [{ message: `${fixture} as a parameter is refused: ${refusal}`, fixture, severity: "error" as const }];
      if (lost.includes(name)) return [{ message: `${what}: not shown to the model`, fixture }];
      return lost.length > 0 ? [{ message: `${what}: shown without their descriptions`, fixture }] : [];
    });
  },
};
