import type { Delta, ParseEvent } from "../types/index.ts";

type CallDelta = Extract<Delta, { type: "call" }>;

/** Collects the calls that a chat endpoint parsed itself and gives them out as the events a parser would. */
export function createServerCalls(newId: () => string) {
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  return {
    add(delta: CallDelta): void {
      const call = calls.get(delta.index) ?? { id: newId(), name: "", arguments: "" };
      if (delta.id) call.id = delta.id;
      if (delta.name) call.name += delta.name;
      call.arguments += delta.arguments;
      calls.set(delta.index, call);
    },

    /** `cut`: the answer ended by its length, so the last call's arguments cannot be trusted. */
    *events(cut: boolean): Generator<ParseEvent> {
      const all = [...calls.entries()].sort(([a], [b]) => a - b).map(([, call]) => call);
      for (const [index, call] of all.entries()) {
        yield {
          type: "tool_call",
          call: { ...call, arguments: call.arguments || "{}" },
          notation: "server",
          repairs: [],
          ...(cut && index === all.length - 1 && { malformed: { type: "cut" } }),
          inReasoning: false,
          reason: "parsed by the server",
          span: { start: 0, end: 0 },
        };
      }
    },
  };
}
