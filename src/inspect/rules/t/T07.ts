import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";

export const T07: Rule = {
  id: "T07",
  title: "several calls in one message are shown",
  severity: "error",
  about:
    "A model that calls two tools at once is refused on the next request by templates that know only one, or sees one of its calls " +
    "vanish. A message with two calls and both results is rendered; the arguments and results of both must stand in the prompt. What is " +
    "lost is a warning: formats with one call a message never make two.",
  fix: "send parallel_tool_calls: false, or split the message into one for each call",
  sources: ["unsloth #7426"],
  needs: [],
  check(subject) {
    if (!showsCalls(subject)) return [];
    const outcome = subject.render(conversations.parallel);
    const fixture = conversations.parallel.name;
    if (outcome.type === "refused")
      return [{ message: `two calls in one message are refused: ${outcome.message}`, fixture }];
    const lost = ["PARISZQ", "ROMEZQ", "SUNNYZQ", "RAINYZQ"].filter((word) => !outcome.text.includes(word));
    if (lost.length === 0) return [];
    return [{ message: `of two calls some is lost: ${lost.join(", ")}`, fixture, severity: "warning" }];
  },
};
