import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";

export const F04: Rule = {
  id: "F04",
  title: "the developer role is known",
  severity: "info",
  about:
    "llama-server turns `developer` into `system` before it renders; other programs hand it to the template as it is, and most templates " +
    "refuse or drop it. A conversation with that role is rendered without the server's rewrites.",
  fix: "send `system` where the program before the template is not llama-server",
  sources: ["mlx-openai-server #267", "halogen-flash-server #32"],
  needs: [],
  check(subject) {
    if (subject.render(conversations.system, { raw: true }).type === "refused") return [];
    const outcome = subject.render(conversations.developer, { raw: true });
    const fixture = conversations.developer.name;
    if (outcome.type === "refused") return [{ message: `the role developer is refused: ${outcome.message}`, fixture }];
    if (outcome.text.includes("DEVELOPERZQ")) return [];
    return [{ message: "a message of the role developer does not reach the prompt", fixture }];
  },
};
