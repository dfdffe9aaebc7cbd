import { conversations } from "../conversations.ts";
import { countOf } from "../differences.ts";
import type { Rule } from "../rule.ts";
import { sentinelsOf } from "./sentinels.ts";
import { ordinaryShapes } from "./shapes.ts";

const TOOL_WORDS = ["TOOLDESCZQ", "CLOCKDESCZQ", "PARISZQ"];

export const F19: Rule = {
  id: "F19",
  title: "nothing stands in the prompt twice",
  severity: "warning",
  about:
    "Text that is printed twice costs tokens in every step, and the model takes it for two events. The unique words of messages, of tool " +
    "descriptions and of arguments are counted in ordinary conversations.",
  fix: "print each message and the list of tools once",
  sources: [],
  needs: [],
  check: (subject) =>
    [...ordinaryShapes(subject), ...(subject.caps.tools ? [conversations.toolsLater] : [])]
      .flatMap((shape) => {
        const outcome = subject.render(shape);
        if (outcome.type === "refused") return [];
        const words = [...sentinelsOf(shape).map(({ word }) => word), ...(shape.tools ? TOOL_WORDS : [])];
        const twice = words.filter((word) => countOf(outcome.text, word) > 1);
        return twice.length > 0
          ? [{ message: `printed more than once: ${twice.join(", ")}`, fixture: shape.name }]
          : [];
      })
      .slice(0, 1),
};
