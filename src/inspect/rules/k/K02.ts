import type { Rule } from "../rule.ts";
import { lossesIn } from "./session.ts";

export const K02: Rule = {
  id: "K02",
  title: "the first tool call continues the prompt",
  severity: "warning",
  about:
    "The step from a question to its first call and result is the first one of every task. The earlier prompt must stand at the start of " +
    "the next one, with thinking on and off; losing only what opened the answer is merely told.",
  fix: "print calls in history just as the end of the prompt opens an answer; `halter template matrix` shows every step",
  sources: [],
  needs: [],
  check: (subject) => (subject.caps.toolCalls ? lossesIn(subject, ["P2"]) : []),
};
