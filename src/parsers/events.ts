import type { ParseEvent } from "../types/index.ts";

type Delta = Extract<ParseEvent, { type: "text" | "reasoning" | "marker" | "candidate" }>;

/** The events of one push, with spans; neighbours of one kind are joined. */
export class EventLog {
  /** UTF-16 offset of the next character that no event covers yet. */
  offset = 0;
  private events: ParseEvent[] = [];

  delta(type: Delta["type"], text: string): void {
    if (text === "") return;
    const span = { start: this.offset, end: this.offset + text.length };
    this.offset = span.end;
    const last = this.events.at(-1);
    if (last?.type === type && "text" in last) {
      this.events[this.events.length - 1] = {
        type,
        text: last.text + text,
        span: { start: last.span.start, end: span.end },
      } as Delta;
    } else this.events.push({ type, text, span });
  }

  add(event: ParseEvent): void {
    this.events.push(event);
  }

  take(): ParseEvent[] {
    const events = this.events;
    this.events = [];
    return events;
  }
}
