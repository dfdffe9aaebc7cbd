import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";

export const B03: Rule = {
  id: "B03",
  title: "the prompt begins with one begin token",
  severity: "error",
  about:
    "Two begin tokens make answers worse, and nothing shows it. llama-server takes one off the text where the tokenizer adds one; other " +
    "programs do not. The rendered prompt is tokenised and the begin tokens at its start are counted.",
  fix: "leave the begin token out of the template where the tokenizer adds it",
  sources: ["llama.cpp #7332", "llama.cpp #15086"],
  needs: ["tokenizer"],
  async check({ render, tokenizer, bosToken, gguf }) {
    const outcome = render(conversations.plain);
    if (!tokenizer || bosToken === "" || outcome.type === "refused") return [];
    const [begin, ...more] = await tokenizer.tokenize(bosToken, true);
    if (begin === undefined || more.length > 0) return [];
    const tokens = await tokenizer.tokenize(outcome.text.slice(0, outcome.text.indexOf("ASKZQ")), true);
    const own = tokens.findIndex((token) => token !== begin);
    const count = own < 0 ? tokens.length : own;
    const fixture = conversations.plain.name;
    if (count > 1) return [{ message: `the template begins with ${count} begin tokens`, fixture }];
    if (count === 0 || !(tokenizer.addsBos ?? gguf?.addsBos)) return [];
    const message =
      "template and tokenizer both add the begin token; llama-server takes one off, other programs may not";
    return [{ message, fixture, severity: "info" }];
  },
};
