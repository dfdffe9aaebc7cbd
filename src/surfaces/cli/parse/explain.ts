import { literalsOf } from "../../../parsers/index.ts";
import type { ParseEvent, ParserSpec } from "../../../types/index.ts";

/** What a literal of a family does, by where it stands in the family's data; the first that fits counts. */
const EFFECTS: readonly {
  readonly of: (spec: ParserSpec) => readonly (string | undefined)[];
  readonly does: string;
}[] = [
  { of: ({ thinking }) => thinking?.open ?? [], does: "opens the reasoning" },
  { of: ({ thinking }) => thinking?.close ?? [], does: "ends the reasoning" },
  { of: ({ channels }) => channels?.open ?? [], does: "begins a header" },
  { of: ({ channels }) => [channels?.channel], does: "names the channel" },
  { of: ({ channels }) => [channels?.body], does: "ends the header" },
  { of: ({ channels }) => channels?.end ?? [], does: "ends the message" },
  { of: ({ calls }) => calls.map(({ open }) => open), does: "opens a call" },
  { of: ({ calls }) => calls.map(({ close }) => close), does: "closes a call" },
  { of: ({ markers }) => markers, does: "is markup and nothing else" },
];

/** What each literal in a marker's text did, in order: `<think> opens the reasoning`; what is no literal goes with the others. */
export function effectsOf(text: string, spec: ParserSpec): string[] {
  const literals = literalsOf(spec).sort((a, b) => b.length - a.length);
  const effects: string[] = [];
  for (let at = 0; at < text.length; ) {
    const found = literals.find((literal) => text.startsWith(literal, at));
    if (found) {
      const does = EFFECTS.find(({ of }) => of(spec).includes(found))?.does ?? "is markup";
      effects.push(`${found} ${does}`);
    }
    at += found?.length ?? 1;
  }
  if (effects.length > 0) return effects;
  return [text.trim() === "" ? "white space beside a marker" : `${text.trim()} belongs to the call beside it`];
}

/** The rule by which an event came about. */
export function ruleOf(event: ParseEvent): string | undefined {
  switch (event.type) {
    case "text":
      return "neither markup nor a call, outside the reasoning";
    case "reasoning":
      return "neither markup nor a call, where the reasoning is open";
    case "candidate":
      return "may be a call; it is shown as such until it closes";
    case "marker":
      return undefined;
    case "candidate_closed":
      return `${event.as}, no call: ${event.reason}`;
    case "tool_call":
      return `a call: ${event.reason}${event.inReasoning ? "; it ended the reasoning" : ""}`;
  }
}
