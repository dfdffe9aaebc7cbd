import { conversations } from "../conversations.ts";
import { between } from "../places.ts";
import type { Rule } from "../rule.ts";
import { argumentForms } from "./argument-forms.ts";

export const T04: Rule = {
  id: "T04",
  title: "arguments as JSON text are not dropped",
  severity: "error",
  about:
    "A template that prints arguments only when they are an object shows calls without any, and the model learns to call so. A call is " +
    "rendered with both forms, without the server's rewrites; what stands there for the object must stand there for the text.",
  fix: "parse the arguments before rendering, or print them as they are when they are text",
  sources: ["transformers #45419"],
  needs: [],
  check(subject) {
    const { asObject, asText } = argumentForms(subject);
    if (asObject.type === "refused" || asText.type === "refused") return [];
    if (!asObject.text.includes("PARISZQ") || asText.text.includes("PARISZQ")) return [];
    if (!between(asText.text, "ASKZQ", "SUNNYZQ")?.includes("get_weather_zq")) return [];
    return [
      {
        message: "a call with arguments as JSON text is shown without them",
        fixture: conversations.stringArguments.name,
      },
    ];
  },
};
