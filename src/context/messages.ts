import type { Item, ItemOf, Message, MessageToolCall, ModelProfile } from "../types/index.ts";

/**
 * The conversation a template or server sees, from the items of a thread. Failed items never enter, but for calls that were interrupted
 * and have a result that says so; what was pruned stands as its note.
 * The result always has one leading system message, string contents and parsable arguments: llama-server answers anything else
 * with a 500 on every later request.
 */
export function toMessages(
  system: string,
  items: readonly Item[],
  textCalls: ModelProfile["textCalls"] = "canonical",
): Message[] {
  const notes = prunedNotes(items);
  const messages: Message[] = [{ role: "system", content: system }];
  for (let index = 0; index < items.length; ) {
    const item = items[index]!;
    if (item.type === "user_message") {
      addWords(messages, item);
      index++;
      continue;
    }
    const end = endOfStep(items, index);
    messages.push(...stepMessages(items.slice(index, end), { notes, textCalls }));
    index = end;
  }
  return joinUsers(messages);
}

/**
 * Adds what the user said as a message. The harness's words join a tool result that stands right before them: many templates drop the
 * reasoning of all answers before the last user message, and the server would have to read what follows it again.
 */
function addWords(messages: Message[], item: ItemOf<"user_message">): void {
  const last = messages.at(-1);
  if (item.origin === "harness" && last?.role === "tool") {
    messages[messages.length - 1] = { ...last, content: `${last.content}\n\n${item.text}` };
  } else {
    messages.push({ role: "user", content: userText(item) });
  }
}

/** What the user said, the facts and files that go with it first: the task stands nearest to the answer. */
function userText(item: ItemOf<"user_message">): string {
  const files = (item.attachments ?? []).map(({ path, text }) => `${path}:\n${fenced(text)}`);
  return [...(item.environment ? [item.environment] : []), ...files, item.text].join("\n\n");
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}

function endOfStep(items: readonly Item[], start: number): number {
  const { step } = items[start]!;
  let end = start + 1;
  while (end < items.length && items[end]!.type !== "user_message" && items[end]!.step === step) end++;
  return end;
}

interface StepOptions {
  readonly notes: ReadonlyMap<string, string>;
  readonly textCalls: ModelProfile["textCalls"];
}

/** One assistant message with all that one model call yielded, then its tool results in call order. */
function stepMessages(items: readonly Item[], { notes, textCalls }: StepOptions): Message[] {
  const kept = items.filter((item) => item.status === "completed" || (item.type === "tool_call" && item.result));
  const reasoning = kept.filter((item) => item.type === "reasoning").map((item) => item.text.trim());
  const all = kept.filter((item) => item.type === "tool_call");
  const calls = all.filter((item) => !isHarness(item));
  const ours = all.filter(isHarness);
  const isText = (item: ItemOf<"tool_call">): boolean => textCalls === "verbatim" && isTextCall(item);
  const formal = calls.filter((item) => !isText(item));
  const content = contentOf(kept, isText);
  if (content === "" && reasoning.length + calls.length === 0) return [];
  return [
    {
      role: "assistant",
      content,
      ...(reasoning.length > 0 && { reasoning_content: reasoning.join("\n\n") }),
      ...(formal.length > 0 && { tool_calls: formal.map(toMessageCall) }),
    },
    ...calls.map((item): Message => {
      const text = notes.get(item.id) ?? item.result?.text ?? "";
      return { role: "tool", content: text, tool_call_id: item.call.id, name: item.call.name };
    }),
    ...(ours.length > 0 ? [{ role: "user" as const, content: ours.map(reportOf).join("\n\n") }] : []),
  ];
}

/** What was cut off, or went round in circles, is not shown again: small models go on with what they see. */
function isCut(item: ItemOf<"tool_call">): boolean {
  return item.malformed?.type === "cut";
}

function isTextCall(item: ItemOf<"tool_call">): boolean {
  return item.source !== undefined && !isCut(item) && (item.notation === "fenced" || item.notation === "bare");
}

/** The words of the answer, with calls in text where they stay text; then byte for byte as the model wrote them. */
function contentOf(items: readonly Item[], isText: (item: ItemOf<"tool_call">) => boolean): string {
  const parts = items.flatMap((item) => {
    if (item.type === "agent_message") return [{ text: item.text, verbatim: false }];
    return item.type === "tool_call" && isText(item) ? [{ text: item.source ?? "", verbatim: true }] : [];
  });
  if (parts.some((part) => part.verbatim)) return parts.map((part) => part.text).join("");
  return parts.map((part) => part.text.trim()).join("\n\n");
}

/** What the harness did on the model's behalf, which the model did not ask for in a call. */
function isHarness(item: ItemOf<"tool_call">): boolean {
  return item.notation === "file_block" || item.notation === "check";
}

function reportOf(item: ItemOf<"tool_call">): string {
  const text = item.result?.text ?? "";
  if (item.notation !== "check") return text;
  return `halter ran \`${String(JSON.parse(item.call.arguments).command)}\` to check:\n${text}`;
}

function toMessageCall(item: ItemOf<"tool_call">): MessageToolCall {
  return {
    id: item.call.id,
    type: "function",
    function: { name: item.call.name || "unknown", arguments: isCut(item) ? "{}" : replayable(item.call.arguments) },
  };
}

/** Arguments that are no JSON object become an empty one: broken text in the history wedges the server (fact 9 of its reference). */
function replayable(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? text : "{}";
  } catch {
    return "{}";
  }
}

function prunedNotes(items: readonly Item[]): Map<string, string> {
  const notes = new Map<string, string>();
  for (const item of items) {
    if (item.type !== "context_compaction") continue;
    for (const { itemId, note } of item.pruned) notes.set(itemId, note);
  }
  return notes;
}

/** Many templates refuse two user messages in a row. */
function joinUsers(messages: readonly Message[]): Message[] {
  const joined: Message[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (message.role === "user" && last?.role === "user") {
      joined[joined.length - 1] = { role: "user", content: `${last.content}\n\n${message.content}` };
    } else {
      joined.push(message);
    }
  }
  return joined;
}
