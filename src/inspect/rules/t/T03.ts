import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { argumentForms } from "./argument-forms.ts";

export const T03: Rule = {
  id: "T03",
  title: "arguments as JSON text do not break the render",
  severity: "error",
  about:
    "OpenAI's clients send a call's arguments as JSON text. A template that goes through them as through an object fails for the whole " +
    "request. llama-server parses the text first where its probes say so; other programs do not. Both forms are rendered as they are.",
  fix: "parse the arguments before rendering, or test `arguments is string` in the template",
  sources: ["llama.cpp #19905", "llama.cpp #15186", "Qwen3-Coder #444", "transformers #45419"],
  needs: [],
  check(subject) {
    const { asObject, asText } = argumentForms(subject);
    if (asObject.type === "refused" || asText.type === "text") return [];
    return [
      { message: `arguments as JSON text are refused: ${asText.message}`, fixture: conversations.stringArguments.name },
    ];
  },
};
