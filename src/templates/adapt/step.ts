import type { TemplateCaps } from "../caps.ts";
import type { RenderValue } from "../engine.ts";
import type { ServerHandler } from "./handlers.ts";

/** A message on its way into a template: the wire form, looser than `Message` so that foreign histories can be shown too. */
export type RenderMessage = Readonly<Record<string, RenderValue>>;

/** What decides whether a step applies. */
export interface StepContext {
  readonly source: string;
  readonly caps: TemplateCaps;
  readonly handler: ServerHandler;
}

/**
 * One of llama-server's rewrites of the messages before it renders (`common/chat.cpp` and `common/parsers/`, b11434).
 * `run` is pure and gives the very same array back where it changes nothing; messages it leaves alone stay the same objects.
 */
export interface AdaptStep {
  readonly name: string;
  /** What it does and for which templates. */
  readonly about: string;
  readonly applies: (context: StepContext) => boolean;
  readonly run: (messages: readonly RenderMessage[]) => readonly RenderMessage[];
}

/** Applies `change` to each message; the same array comes back where no message changed. */
export function mapChanged(change: (message: RenderMessage) => RenderMessage): AdaptStep["run"] {
  return (messages) => {
    const changed = messages.map((message) => {
      const next = change(message);
      return sameFields(next, message) ? message : next;
    });
    return changed.every((message, index) => message === messages[index]) ? messages : changed;
  };
}

/** The same values under the same keys in the same order. */
export function sameFields(a: RenderMessage, b: RenderMessage): boolean {
  const keys = Object.keys(b);
  return (
    Object.keys(a).length === keys.length &&
    Object.keys(a).every((key, index) => key === keys[index] && a[key] === b[key])
  );
}

/** A message's calls; empty where it has none. */
export function callsOf(message: RenderMessage): readonly RenderMessage[] {
  return Array.isArray(message.tool_calls) ? (message.tool_calls as readonly RenderMessage[]) : [];
}

/** What is called: `name` and `arguments`. */
export function functionOf(call: RenderMessage): RenderMessage {
  return (call.function ?? {}) as RenderMessage;
}
