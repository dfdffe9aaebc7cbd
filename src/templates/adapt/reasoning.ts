import type { RenderValue } from "../engine.ts";
import { type AdaptStep, callsOf, mapChanged } from "./step.ts";

export const reasoningToThinking: AdaptStep = {
  name: "reasoning-to-thinking",
  about: "gpt-oss and LFM2: reasoning is given as `thinking` too",
  applies: ({ handler }) => handler === "harmony" || handler === "lfm2",
  run: mapChanged((message) =>
    typeof message.reasoning_content === "string" ? { ...message, thinking: message.reasoning_content } : message,
  ),
};

export const dropContentOfCalls: AdaptStep = {
  name: "drop-content-of-calls",
  about: "gpt-oss: content beside tool calls is left out where there is reasoning",
  applies: ({ handler }) => handler === "harmony",
  run: mapChanged((message) => {
    if (typeof message.reasoning_content !== "string" || callsOf(message).length === 0) return message;
    const { content: _, ...rest } = message;
    return rest;
  }),
};

export const thinkingParts: AdaptStep = {
  name: "thinking-parts",
  about: "Ministral 3: reasoning and content of system and assistant messages become parts",
  applies: ({ handler }) => handler === "ministral",
  run: mapChanged((message) => {
    if (message.role !== "system" && message.role !== "assistant") return message;
    const { reasoning_content: reasoning, ...rest } = message;
    const { content } = rest;
    const parts: RenderValue[] = [];
    if (typeof reasoning === "string") parts.push({ type: "thinking", thinking: reasoning });
    if (typeof content === "string") parts.push({ type: "text", text: content });
    if (Array.isArray(content)) parts.push(...(content as readonly RenderValue[]));
    return { ...rest, content: parts };
  }),
};
