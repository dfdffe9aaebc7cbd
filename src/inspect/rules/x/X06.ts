import type { Rule } from "../rule.ts";
import { call, calling, result, user, WEATHER } from "../words.ts";
import { smuggled } from "./control-tokens.ts";

export const X06: Rule = {
  id: "X06",
  title: "control tokens in a tool's result stay text",
  severity: "warning",
  about:
    "A web page or file that contains the template's markers can end its own turn and speak for the user. The markers that the tokenizer " +
    "knows are put into a tool's result and looked for in the prompt.",
  fix: "send token ids instead of text (halter's raw wire does)",
  sources: ["llama.cpp #26532"],
  needs: ["vocabulary"],
  check: (subject) =>
    smuggled(subject, "a tool's result", (text) => ({
      name: "markers in a tool's result",
      messages: [
        user("ASKZQ"),
        calling([call("get_weather_zq", { city_zq: "PARISZQ" })]),
        result(text, "get_weather_zq"),
      ],
      tools: [WEATHER],
    })),
};
