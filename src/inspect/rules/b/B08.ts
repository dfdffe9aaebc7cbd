import { conversations } from "../conversations.ts";
import { firstDifference } from "../differences.ts";
import type { Rule } from "../rule.ts";

export const B08: Rule = {
  id: "B08",
  title: "a generation prompt set to false is one that is absent",
  severity: "warning",
  about:
    "llama-server leaves `add_generation_prompt` out where it is not wanted, other programs set it to false. A template that tests " +
    "whether it is defined renders two prompts. Both are rendered.",
  fix: "test the value, not whether it is defined",
  sources: [],
  needs: [],
  check(subject) {
    const absent = subject.render(conversations.multiTurn, { generate: "absent" });
    const off = subject.render(conversations.multiTurn, { generate: false });
    const fixture = conversations.multiTurn.name;
    if (absent.type !== off.type) {
      const refused = absent.type === "refused" ? "absent" : "false";
      return [{ message: `refused where add_generation_prompt is ${refused}`, fixture }];
    }
    if (absent.type === "refused" || off.type === "refused") return [];
    const difference = firstDifference(absent.text, off.text);
    return difference ? [{ message: "add_generation_prompt false and absent differ", fixture, difference }] : [];
  },
};
