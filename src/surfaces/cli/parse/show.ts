import { styleText } from "node:util";
import { mayLackPart, type ResolvedCall } from "../../../parsers/index.ts";
import type { Malformed, ParseEvent, ParserSpec, Repair } from "../../../types/index.ts";
import { plain } from "../plain.ts";
import { effectsOf, ruleOf } from "./explain.ts";

type Color = Parameters<typeof styleText>[0];

/** An event as it is shown, with what would become of a call. */
export interface Shown {
  readonly event: ParseEvent;
  readonly resolved?: ResolvedCall;
}

const COLORS: Readonly<Record<ParseEvent["type"], Color>> = {
  text: "green",
  reasoning: "blue",
  marker: "gray",
  candidate: "yellow",
  candidate_closed: "green",
  tool_call: "magenta",
};

/** How much of a text stands in one line of the list, in characters. */
const LINE_LIMIT = 100;

export interface ShowOptions {
  readonly text: string;
  readonly spec: ParserSpec;
  readonly explain: boolean;
  readonly color: boolean;
}

/**
 * The lines for a person: where there is colour the whole text in the colours of its events, then each event with its place (UTF-16
 * offsets), what its markers did, and the repairs of its call. Candidates are left out: what they closed as covers them.
 */
export function showLines(all: readonly Shown[], { text, spec, explain, color }: ShowOptions): string[] {
  const shown = all.filter(({ event }) => event.type !== "candidate");
  const paint = (event: ParseEvent, words: string): string =>
    color && words !== "" ? styleText(COLORS[event.type], words, { validateStream: false }) : words;
  const painted = shown.map(({ event }) => paint(event, plain(text.slice(event.span.start, event.span.end)))).join("");
  const lines = color ? [painted, ""] : [];
  for (const { event, resolved } of shown) {
    const place = `${event.span.start}–${event.span.end}`.padEnd(11);
    lines.push(`${place} ${paint(event, event.type.padEnd(17))} ${contentOf(event)}`);
    const notes = [
      ...(event.type === "marker" ? effectsOf(event.text, spec) : []),
      ...(explain ? [ruleOf(event)].flatMap((rule) => (rule ? [`because: ${rule}`] : [])) : []),
      ...(event.type === "tool_call" ? event.repairs.map(repairLine) : []),
      ...(event.type === "tool_call" && event.malformed ? [`flagged: ${wordsOf(event.malformed)}`] : []),
      ...(event.type === "tool_call" && resolved ? resolvedLines(resolved, event.repairs) : []),
    ];
    lines.push(...notes.map((note) => `${" ".repeat(30)}${short(note)}`));
  }
  return lines;
}

/** The same for a script: the event, and with it what the list would say. */
export function jsonLine({ event, resolved }: Shown, { spec, explain }: ShowOptions): string {
  return JSON.stringify({
    ...event,
    ...(event.type === "marker" && { effects: effectsOf(event.text, spec) }),
    ...(explain && ruleOf(event) && { rule: ruleOf(event) }),
    ...(resolved && { resolved: resolved.type === "ready" ? { ...resolved, spec: resolved.spec.name } : resolved }),
  });
}

function contentOf(event: ParseEvent): string {
  if (event.type === "tool_call") return short(`${event.call.name} ${event.call.arguments}  (${event.notation})`);
  return short(event.text);
}

const repairLine = ({ name, before, after }: Repair): string => `repair ${name}: ${quoted(before)} → ${quoted(after)}`;

function resolvedLines(resolved: ResolvedCall, parsed: readonly Repair[]): string[] {
  if (resolved.type === "malformed") return [`cannot be run: ${wordsOf(resolved.malformed)}`];
  const { spec, input, repairs } = resolved;
  const isDoubtful = mayLackPart(spec.name, [...parsed, ...repairs]) !== undefined;
  const when = isDoubtful ? "would run where it only reads, as a part of it may be missing" : "would run";
  return [...repairs.map(repairLine), `${when}: ${spec.name} ${JSON.stringify(input)}`];
}

function wordsOf(malformed: Malformed): string {
  switch (malformed.type) {
    case "cut":
      return "it was cut off";
    case "missing_name":
      return "it names no tool";
    case "unknown_tool":
      return `there is no tool ${malformed.name}`;
    case "bad_arguments":
      return malformed.detail;
  }
}

function quoted(text: string): string {
  return text === "" ? "nothing" : `\`${text.length > 40 ? `${text.slice(0, 37)}…` : text}\``;
}

/** One line of a text: line breaks as `↵`, the rest of a long one left out. */
function short(text: string): string {
  const line = plain(text.replaceAll("\r", "").replaceAll("\n", "↵"));
  return line.length > LINE_LIMIT ? `${line.slice(0, LINE_LIMIT - 1)}…` : line;
}
