import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { lostSystem } from "./lost-system.ts";

export const F03: Rule = {
  id: "F03",
  title: "a system message after an answer is kept",
  severity: "warning",
  about:
    "Reminders sent as a system message in the middle of a conversation are refused or dropped by templates that know only a leading one. " +
    "Such a conversation is rendered; the late message's word must stand in the prompt.",
  fix: "send late instructions inside a user message",
  sources: ["vllm #46976", "Rapid-MLX #1543"],
  needs: [],
  check: (subject) => lostSystem(subject, conversations.lateSystem, "a system message after an answer"),
};
