/** One thing a server-sent event stream says. `error` is the field some older servers use in place of `data`. */
export type SseEvent = { readonly type: "data" | "comment" | "error"; readonly text: string };

/** Reads a server-sent event stream from byte chunks cut anywhere; what it holds back is at most one unfinished event. */
export interface SseReader {
  push(bytes: Uint8Array): SseEvent[];
  /** The stream is over: an event whose lines were complete but which lacks its empty line still counts. */
  end(): SseEvent[];
}

const LINE_END = /\r\n|\r|\n/g;

/** Work is linear in the bytes: an unfinished line is kept in pieces and joined once. */
export function createSseReader(): SseReader {
  const decoder = new TextDecoder();
  let line: string[] = [];
  let data: string[] = [];
  let endedWithCr = false;

  function takeLine(text: string, events: SseEvent[]): void {
    if (text === "") {
      if (data.length > 0) events.push({ type: "data", text: data.join("\n") });
      data = [];
      return;
    }
    const colon = text.indexOf(":");
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(text[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") data.push(value);
    else if (field === "") events.push({ type: "comment", text: value });
    else if (field === "error") events.push({ type: "error", text: value });
  }

  return {
    push(bytes) {
      const decoded = decoder.decode(bytes, { stream: true });
      if (decoded === "") return [];
      // The other half of a CRLF that was cut between two chunks.
      const text = endedWithCr && decoded.startsWith("\n") ? decoded.slice(1) : decoded;
      endedWithCr = decoded.endsWith("\r");
      const events: SseEvent[] = [];
      let from = 0;
      for (const match of text.matchAll(LINE_END)) {
        line.push(text.slice(from, match.index));
        takeLine(line.length === 1 ? line[0]! : line.join(""), events);
        line = [];
        from = match.index + match[0].length;
      }
      if (from < text.length) line.push(text.slice(from));
      return events;
    },
    end() {
      const events: SseEvent[] = [];
      if (line.length === 0) takeLine("", events);
      return events;
    },
  };
}
