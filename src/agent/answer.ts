import { resolveName } from "../parsers/index.ts";
import type { Delta, FinishReason, ItemOf, ParseEvent, Parser, ToolSpec, TraceRecord, Usage } from "../types/index.ts";
import type { ItemRecord } from "./record.ts";
import { createServerCalls } from "./server-calls.ts";

export interface AnswerOptions {
  readonly record: ItemRecord;
  readonly step: number;
  readonly tools: readonly ToolSpec[];
  readonly newCallId: (written?: string) => string;
  readonly createParser: (channel: "content" | "reasoning") => Parser;
  readonly note: (topic: string, data: TraceNote) => void;
}

type TraceNote = Extract<TraceRecord, { type: "note" }>["data"];

/** What one model call came to. */
export interface Answer {
  readonly calls: readonly ItemOf<"tool_call">[];
  readonly text: string;
  readonly reasoning: string;
  readonly finish: FinishReason;
  readonly usage: Usage;
  /** It was stopped because it went round in circles; `finish` is `length` then. */
  readonly isRepeating?: boolean;
}

type OpenItem = { readonly type: "agent_message" | "reasoning"; readonly id: string; text: string };

/**
 * Turns one answer's deltas into items, whichever wire they came on: content and reasoning go through parsers of ours,
 * so that a call is found in either; calls that the server parsed join them.
 */
export function createAnswerReader(options: AnswerOptions) {
  const { record, step } = options;
  const parsers: Partial<Record<"content" | "reasoning", Parser>> = {};
  const received = { content: "", reasoning: "" };
  const serverCalls = createServerCalls(options.newCallId);
  /** Announced when the answer has ended: until then they may still fail with it. */
  const finished: ItemOf<OpenItem["type"]>[] = [];
  const started: ItemOf<"tool_call">[] = [];
  let open: OpenItem | undefined;
  let nextId = record.nextId();
  let whitespace = "";

  const takeId = (): string => {
    const id = nextId;
    nextId = record.nextId();
    return id;
  };

  const takeOpen = (): ItemOf<OpenItem["type"]> | undefined => {
    whitespace = "";
    if (!open) return undefined;
    const item = { ...open, step, status: "completed" as const };
    open = undefined;
    finished.push(item);
    return item;
  };

  const closeOpen = async (): Promise<void> => {
    const item = takeOpen();
    if (item) await record.write(item);
  };

  /** White space alone opens no item; it is kept until it turns out to lie between words. */
  const addText = async (type: OpenItem["type"], text: string): Promise<void> => {
    if (open && open.type !== type) await closeOpen();
    if (!open) {
      whitespace += text;
      if (whitespace.trim() === "") return;
      open = { type, id: takeId(), text: "" };
      await record.start({ type, id: open.id, step, status: "in_progress", text: "" });
      text = whitespace;
      whitespace = "";
    }
    open.text += text;
    record.delta(open.id, "text", text);
  };

  const addEvent = async (event: ParseEvent, channel: "content" | "reasoning"): Promise<void> => {
    switch (event.type) {
      case "marker":
        return;
      case "text":
        return addText(channel === "reasoning" ? "reasoning" : "agent_message", event.text);
      case "reasoning":
        return addText("reasoning", event.text);
      case "candidate":
        return record.delta(open?.id ?? nextId, "candidate", event.text);
      case "candidate_closed":
        options.note("candidate", { as: event.as, reason: event.reason });
        return addText(event.as === "reasoning" || channel === "reasoning" ? "reasoning" : "agent_message", event.text);
      case "tool_call": {
        const source = whitespace + received[channel].slice(event.span.start, event.span.end);
        await closeOpen();
        const { call, notation, repairs, malformed, reason } = event;
        options.note("call", {
          name: call.name,
          notation,
          reason,
          repairs: repairs.map((repair) => repair.name),
          malformed,
        });
        // Surfaces go by the tool's name, which must not change between an item's start and its end.
        const named = resolveName(call, options.tools);
        const item: ItemOf<"tool_call"> = {
          type: "tool_call",
          id: takeId(),
          step,
          status: "in_progress",
          call: named.call,
          notation,
          repairs: [...repairs, ...named.repairs],
          ...(source !== "" && channel === "content" && { source }),
          ...(malformed && { malformed }),
        };
        started.push(item);
        await record.start(item);
      }
    }
  };

  const feed = async (channel: "content" | "reasoning", text: string): Promise<void> => {
    parsers[channel] ??= options.createParser(channel);
    received[channel] += text;
    for (const event of parsers[channel].push(text)) await addEvent(event, channel);
  };

  const flush = async (cut: boolean): Promise<void> => {
    for (const channel of ["reasoning", "content"] as const) {
      for (const event of parsers[channel]?.end({ cut }) ?? []) await addEvent(event, channel);
    }
  };

  const textOf = (type: OpenItem["type"]): string =>
    finished.flatMap((item) => (item.type === type ? [item.text.trim()] : [])).join("\n\n");

  return {
    async read(delta: Delta): Promise<void> {
      if (delta.type === "raw" || delta.type === "content") await feed("content", delta.text);
      else if (delta.type === "reasoning") await feed("reasoning", delta.text);
      else if (delta.type === "call") serverCalls.add(delta);
    },

    async finish(finish: FinishReason, usage: Usage): Promise<Answer> {
      const cut = finish === "length";
      await flush(cut);
      for (const event of serverCalls.events(cut)) await addEvent(event, "content");
      await closeOpen();
      for (const item of finished) record.announce(item);
      return {
        calls: started,
        text: textOf("agent_message"),
        reasoning: textOf("reasoning"),
        finish,
        usage,
      };
    },

    /** The call broke off: what came is kept as failed items, and no call of it runs. */
    async fail(): Promise<void> {
      await flush(true);
      for (const event of serverCalls.events(true)) await addEvent(event, "content");
      takeOpen();
      for (const item of [...finished, ...started]) await record.complete({ ...item, status: "failed" });
    },
  };
}
