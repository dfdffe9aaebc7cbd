import type { RenderValue } from "../engine.ts";
import { type AdaptStep, mapChanged, type RenderMessage } from "./step.ts";

/** C's isspace, which the server trims by. */
const OUTER_SPACE = /^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g;
const STEPFUN_MARKER = "You have access to the following functions in JSONSchema format";

const trim = (text: string) => text.replace(OUTER_SPACE, "");
const isPart = (part: RenderValue): part is RenderMessage => typeof part === "object" && part !== null;

export const trimContent: AdaptStep = {
  name: "trim-content",
  about: "StepFun templates: outer whitespace of content, of its text parts and of reasoning is removed",
  applies: ({ source }) => source.includes(STEPFUN_MARKER),
  run: mapChanged((message) => {
    const trimmed: Record<string, RenderValue> = { ...message };
    for (const field of ["content", "reasoning_content"]) {
      const value = message[field];
      if (typeof value === "string") trimmed[field] = trim(value);
    }
    if (Array.isArray(message.content)) trimmed.content = trimParts(message.content);
    return trimmed;
  }),
};

function trimParts(parts: readonly RenderValue[]): readonly RenderValue[] {
  const trimmed = parts.map((part) =>
    isPart(part) && part.type === "text" && typeof part.text === "string" && trim(part.text) !== part.text
      ? { ...part, text: trim(part.text) }
      : part,
  );
  return trimmed.every((part, index) => part === parts[index]) ? parts : trimmed;
}

export const fillContent: AdaptStep = {
  name: "fill-content",
  about: "missing, null or empty content becomes an empty string; empty reasoning, names and call lists are left out",
  applies: () => true,
  run: mapChanged((message) => {
    const filled = isEmpty(message.content) ? { ...message, content: "" } : message;
    return Object.fromEntries(Object.entries(filled).filter(([name, value]) => KEPT.includes(name) || !isEmpty(value)));
  }),
};

/** Fields that stay even when they are empty. */
const KEPT = ["role", "content"];

function isEmpty(value: RenderValue): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

export const joinTextParts: AdaptStep = {
  name: "join-text-parts",
  about: "templates that take only text: text parts are joined with newlines",
  applies: ({ caps }) => caps.stringContent && !caps.typedContent,
  run: mapChanged((message) =>
    Array.isArray(message.content) ? { ...message, content: textOf(message.content) } : message,
  ),
};

export const wrapTextParts: AdaptStep = {
  name: "wrap-text-parts",
  about: "templates that take only parts: text becomes a list of one text part",
  applies: ({ caps }) => !caps.stringContent && caps.typedContent,
  run: mapChanged((message) =>
    typeof message.content === "string" ? { ...message, content: [{ type: "text", text: message.content }] } : message,
  ),
};

/** Text of a content value. Text parts stand on lines of their own, an empty beginning and the marker of a picture get no newline. */
function textOf(content: RenderValue): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  let text = "";
  let afterMedia = false;
  for (const part of content as readonly RenderValue[]) {
    if (!isPart(part) || (part.type !== "text" && part.type !== "media_marker")) continue;
    const isText = part.type === "text";
    if (isText && !afterMedia && text !== "") text += "\n";
    afterMedia = !isText;
    text += typeof part.text === "string" ? part.text : "";
  }
  return text;
}
