import { patchSource } from "../../../templates/index.ts";
import { conversations } from "../conversations.ts";
import type { Rule } from "../rule.ts";
import { rewritesOf } from "./rewrites.ts";

export const E03: Rule = {
  id: "E03",
  title: "it is known what the server rewrites for this template",
  severity: "info",
  about:
    "llama-server rewrites messages, and some sources, before it renders; other servers do not, so that the same request gives another " +
    "prompt there. The rewrites of all shared conversations are collected.",
  fix: "send messages in the form that the template reads, so that nothing has to be rewritten",
  sources: [],
  needs: [],
  check(subject) {
    const steps = Object.values(conversations).flatMap((conversation) => rewritesOf(subject, conversation));
    const names = new Set([...patchSource(subject.source).patches, ...steps].map(({ name }) => name));
    return names.size === 0 ? [] : [{ message: `llama-server rewrites for it: ${[...names].join(", ")}` }];
  },
};
