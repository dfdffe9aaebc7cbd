import type { Rule } from "../rule.ts";
import { lossesIn } from "./session.ts";

export const K03: Rule = {
  id: "K03",
  title: "each step of a tool loop continues the prompt",
  severity: "warning",
  about:
    "A loss here is paid for at every call. The prompts before and after the second call of a loop are compared, for a client that sends " +
    "reasoning back and for one that does not; losing only what opened the answer is merely told.",
  fix: "send reasoning_content back with every call; in the template, treat all messages after the last user message alike",
  sources: [],
  needs: [],
  check: (subject) => (subject.caps.toolCalls ? lossesIn(subject, ["P3", "P5"]) : []),
};
