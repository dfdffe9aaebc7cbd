import { HalterError } from "../../types/index.ts";
import { type AdaptStep, mapChanged } from "./step.ts";

export const developerToSystem: AdaptStep = {
  name: "developer-to-system",
  about: "the role developer becomes system, except for gpt-oss",
  applies: ({ source }) => !source.includes("<|channel|>"),
  run: mapChanged((message) => (message.role === "developer" ? { ...message, role: "system" } : message)),
};

export const mergeSystem: AdaptStep = {
  name: "merge-system",
  about: "templates without a system role: the first system message goes in front of the next message",
  applies: ({ caps }) => !caps.systemRole,
  run: (messages) => {
    const [first, second, ...rest] = messages;
    if (first?.role !== "system") return messages;
    if (!second) return [];
    if (typeof first.content !== "string" || typeof second.content !== "string") {
      throw new HalterError("bad_history", "Content in parts cannot be merged with the system message", {
        hint: "Send plain text: this template knows no system role",
      });
    }
    return [{ ...second, content: `${first.content}\n${second.content}` }, ...rest];
  },
};
