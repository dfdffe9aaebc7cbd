import type { Rule } from "../rule.ts";

export const P14: Rule = {
  id: "P14",
  title: "the template reads the variables that are sent",
  severity: "warning",
  about:
    "A variable that the template does not read changes nothing, and nobody says so: thinking stays on, or earlier reasoning is lost. The " +
    "variables of the family's profile are looked for in the source.",
  fix: "send the variable that the template reads, or use the template of the model's maker",
  sources: ["dynamo #12687", "ollama #17785"],
  needs: [],
  check({ source, profile: { id, thinking } }) {
    if (id === "generic") return [];
    const { kwarg, preserve = {} } = thinking;
    const sent = kwarg === undefined ? [] : [kwarg];
    const dead = sent.filter((name) => !source.includes(name));
    if (dead.length === 0) return [];
    const alike = ["enable_thinking", "thinking", "thinking_mode", "reasoning_effort", ...Object.keys(preserve)].filter(
      (name) => !dead.includes(name) && new RegExp(`[^\\w.'"]${name}[^\\w'"]`).test(source),
    );
    const hint = alike.length > 0 ? `; it reads ${alike.join(", ")}` : "";
    return [{ message: `${id} is switched with ${dead.join(", ")}, which this template does not read${hint}` }];
  },
};
