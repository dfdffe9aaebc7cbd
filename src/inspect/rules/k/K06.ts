import type { RenderValue } from "../../../templates/index.ts";
import { conversations } from "../conversations.ts";
import { firstDifference } from "../differences.ts";
import type { Conversation, Rule, Subject } from "../rule.ts";

const SHAPES = [conversations.multiTurn, conversations.calledAndAnswered].map((shape: Conversation) => ({
  shape,
  again: { ...shape, name: `${shape.name}, once more` },
  turned: { ...shape, name: `${shape.name}, keys in another order`, messages: shape.messages.map(turned) },
}));

export const K06: Rule = {
  id: "K06",
  title: "the same conversation gives the same prompt",
  severity: "error",
  about:
    "A prompt that differs between two renders of one conversation can never be found in the cache. Conversations are rendered twice, and with " +
    "the keys of each message in another order, as another JSON library writes them; that order counting is a warning, since servers that " +
    "take messages apart have an order of their own.",
  fix: "print fields by name and not a message or call as a whole",
  sources: [],
  needs: [],
  check(subject) {
    for (const { shape, again, turned } of SHAPES) {
      if (shape.tools && !subject.caps.toolCalls) continue;
      const difference = differing(subject, shape, again, false);
      if (difference) return [{ message: "two renders of one conversation differ", fixture: shape.name, difference }];
      const order = differing(subject, shape, turned, true);
      if (!order) continue;
      const message = "the order of keys in a message or call changes the prompt, unless a server puts them in order";
      return [{ message, fixture: shape.name, difference: order, severity: "warning" }];
    }
    return [];
  },
};

function differing(subject: Subject, left: Conversation, right: Conversation, raw: boolean) {
  const one = subject.render(left, { raw });
  const other = subject.render(right, { raw });
  if (one.type === "refused" || other.type === "refused") return undefined;
  return firstDifference(one.text, other.text);
}

/** The same value with the keys of its objects in reverse; arguments keep theirs, which are the model's own. */
function turned<T extends RenderValue>(value: T): T {
  if (Array.isArray(value)) return value.map(turned) as unknown as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, one]) => [key, key === "arguments" ? one : turned(one)])) as T;
}
