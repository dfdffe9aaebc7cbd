import type { Rule } from "../rule.ts";
import { lossesIn } from "./session.ts";

export const K01: Rule = {
  id: "K01",
  title: "the next user message continues the prompt",
  severity: "warning",
  about:
    "A server reads again whatever does not begin as the prompt before. After an answer in words and a new user message, the earlier prompt " +
    "must stand at the start of the next one, with thinking on and off; losing only what opened the answer is merely told.",
  fix: "print answers in history just as the end of the prompt opens them; `halter template matrix` shows every step",
  sources: ["QwenLM/Qwen3 #1826", "mlx-engine #176"],
  needs: [],
  check: (subject) => lossesIn(subject, ["P1"]),
};
