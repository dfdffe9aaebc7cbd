import { HalterError } from "../types/index.ts";
import type { TemplateCaps } from "./caps.ts";
import type { RenderValue } from "./engine.ts";
import { parseJson } from "./json.ts";

/** A message on its way into a template: the wire form, looser than `Message` so that foreign histories can be shown too. */
export type RenderMessage = Readonly<Record<string, RenderValue>>;

/** What decides whether a step applies. */
export interface StepContext {
  readonly source: string;
  readonly caps: TemplateCaps;
}

/**
 * One of llama-server's rewrites of the messages before it renders (`common/chat.cpp`), in its order.
 * `run` is pure and gives the very same array back where it changes nothing.
 */
export interface AdaptStep {
  readonly name: string;
  /** What it does and for which templates. */
  readonly about: string;
  readonly applies: (context: StepContext) => boolean;
  readonly run: (messages: readonly RenderMessage[]) => readonly RenderMessage[];
}

/** C's isspace, which the server trims by. */
const OUTER_SPACE = /^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g;

const STEPFUN_MARKER = "You have access to the following functions in JSONSchema format";
const HARMONY_MARKER = "<|channel|>";

export const ADAPT_STEPS: readonly AdaptStep[] = [
  {
    name: "trim-content",
    about: "StepFun templates: outer whitespace of content and reasoning is removed",
    applies: ({ source }) => source.includes(STEPFUN_MARKER),
    run: mapChanged((message) => {
      const trimmed: Record<string, RenderValue> = { ...message };
      for (const field of ["content", "reasoning_content"]) {
        const value = message[field];
        if (typeof value === "string") trimmed[field] = value.replace(OUTER_SPACE, "");
      }
      return trimmed;
    }),
  },
  {
    name: "fill-content",
    about: "missing or null content becomes an empty string, empty reasoning is left out",
    applies: () => true,
    run: mapChanged((message) => {
      const { reasoning_content, ...rest } = message;
      const filled = { ...rest, content: message.content ?? "" };
      return reasoning_content ? { ...filled, reasoning_content } : filled;
    }),
  },
  {
    name: "join-text-parts",
    about: "templates that take only text: text parts are joined with newlines",
    applies: ({ caps }) => caps.stringContent && !caps.typedContent,
    run: mapChanged((message) =>
      Array.isArray(message.content) ? { ...message, content: textOf(message.content) } : message,
    ),
  },
  {
    name: "wrap-text-parts",
    about: "templates that take only parts: text becomes a list of one text part",
    applies: ({ caps }) => !caps.stringContent && caps.typedContent,
    run: mapChanged((message) =>
      typeof message.content === "string"
        ? { ...message, content: [{ type: "text", text: message.content }] }
        : message,
    ),
  },
  {
    name: "developer-to-system",
    about: "the role developer becomes system, except for gpt-oss",
    applies: ({ source }) => !source.includes(HARMONY_MARKER),
    run: mapChanged((message) => (message.role === "developer" ? { ...message, role: "system" } : message)),
  },
  {
    name: "merge-system",
    about: "templates without a system role: the first system message goes in front of the next message",
    applies: ({ caps }) => !caps.systemRole,
    run: (messages) => {
      const [first, second, ...rest] = messages;
      if (first?.role !== "system") return messages;
      if (!second) return [];
      return [{ ...second, content: `${textOf(first.content)}\n${textOf(second.content)}` }, ...rest];
    },
  },
  {
    name: "parse-arguments",
    about: "templates that read arguments as an object: the JSON text of each call is parsed",
    applies: ({ caps }) => caps.objectArguments,
    run: mapChanged((message) => {
      const before = message.tool_calls;
      if (!Array.isArray(before)) return message;
      const after = before.map(parseArguments);
      return after.every((call, index) => call === before[index]) ? message : { ...message, tool_calls: after };
    }),
  },
  {
    name: "reasoning-to-thinking",
    about: "gpt-oss: reasoning is given as `thinking`, and content beside tool calls is left out then",
    applies: ({ source }) => source.includes(HARMONY_MARKER),
    run: mapChanged((message) => {
      if (typeof message.reasoning_content !== "string") return message;
      const { content, ...rest } = message;
      const thinking = message.reasoning_content;
      const calls = message.tool_calls;
      return Array.isArray(calls) && calls.length > 0 ? { ...rest, thinking } : { ...rest, content, thinking };
    }),
  },
];

/** Applies `change` to each message; the same array comes back where no message changed. */
function mapChanged(change: (message: RenderMessage) => RenderMessage): AdaptStep["run"] {
  return (messages) => {
    const changed = messages.map((message) => {
      const next = change(message);
      return sameFields(next, message) ? message : next;
    });
    return changed.every((message, index) => message === messages[index]) ? messages : changed;
  };
}

function sameFields(a: RenderMessage, b: RenderMessage): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && a[key] === b[key]);
}

/** Text of a content value; parts without text count as nothing. */
function textOf(content: RenderValue): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.flatMap((part) => (typeof part?.text === "string" ? [part.text] : [])).join("\n");
}

function parseArguments(call: RenderValue): RenderValue {
  const wrapped = call as { readonly function?: Readonly<Record<string, RenderValue>> };
  const text = wrapped.function?.arguments;
  if (typeof text !== "string") return call;
  try {
    return { ...wrapped, function: { ...wrapped.function, arguments: parseJson(text) } };
  } catch (cause) {
    throw new HalterError("bad_history", `The arguments of a call to ${String(wrapped.function?.name)} are no JSON`, {
      hint: "Replace the broken call in the history by a valid one before rendering",
      cause,
    });
  }
}
