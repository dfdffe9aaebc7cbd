import type { Rule } from "../rule.ts";
import { lossesIn } from "./session.ts";

export const K04: Rule = {
  id: "K04",
  title: "a new user message after a tool loop continues the prompt",
  severity: "warning",
  about:
    "Templates that drop the reasoning of finished turns, or move the tools to the last user message, change the prompt back to the first " +
    "call: the whole loop is read again. The prompts before and after such a message are compared, for a client that sends reasoning back " +
    "and for one that does not; each variable that the template reads is tried as a remedy.",
  fix: "set the variable that keeps reasoning where there is one; else expect the cost once for each user message",
  sources: [],
  needs: [],
  check: (subject) => (subject.caps.toolCalls ? lossesIn(subject, ["P4", "P6"]) : []),
};
