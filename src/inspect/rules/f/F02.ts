import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { lostSystem } from "./lost-system.ts";

export const F02: Rule = {
  id: "F02",
  title: "a second system message is kept",
  severity: "warning",
  about:
    "Agents that add a second system message lose it, or the whole request: some templates take only the first one. Two system messages " +
    "at the start are rendered; the second one's word must stand in the prompt.",
  fix: "merge system messages into one before sending them",
  sources: ["vllm #41114", "halogen-flash-server #60"],
  needs: [],
  check: (subject) => lostSystem(subject, conversations.twoSystems, "a second system message"),
};
