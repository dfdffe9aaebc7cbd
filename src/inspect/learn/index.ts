import type { ParserSpec, SyntaxSpec } from "../../types/index.ts";
import type { Subject } from "../rules/rule.ts";
import { Answers } from "./answers.ts";
import { learnChannels } from "./channels.ts";
import { differences, type RenderDifference } from "./differences.ts";
import { before, between, commonEnd, commonStart, pieces } from "./edges.ts";
import { frameOf, isMarker, isMarkup, specOfFrame } from "./frame.ts";
import { recogniseBareKeys, recognisePython } from "./notations/braces.ts";
import { recogniseJson } from "./notations/json.ts";
import { recogniseNamedJson } from "./notations/named-json.ts";
import type { Recognise, Recognised } from "./notations/notation.ts";
import { recogniseTags } from "./notations/tags.ts";
import { PROBE_CALLS, type Probes, probe } from "./probes.ts";
import { roundTrips } from "./round-trip.ts";
import { learnThinking } from "./thinking.ts";
import { IDS, PROBE_TOOLS, WORDS } from "./words.ts";

/** Tried in order: the first that recognises the probes is the notation. */
const NOTATIONS: readonly Recognise[] = [
  recogniseJson,
  recognisePython,
  recogniseBareKeys,
  recogniseNamedJson,
  recogniseTags,
];

/** What a template taught. */
export interface Learned {
  /** Undefined where no call was shown, or in no notation that the parsers have. */
  readonly spec: ParserSpec | undefined;
  /** Why there is none. */
  readonly reason?: string;
  /** What it was learned from. */
  readonly differences: readonly RenderDifference[];
  /** Renders more of this template. */
  readonly answers: Answers;
}

/** Learns how a model of this template writes reasoning and calls, from nothing but what the template renders. */
export function learn(subject: Pick<Subject, "name" | "render" | "eosToken">): Learned {
  const { answers, probes } = probed(subject);
  const shown = { answers, differences: differences(answers) };
  if (!probes) return { ...shown, spec: undefined, reason: "the template shows no calls" };
  const recognised = NOTATIONS.map((recognise) => recognise(probes)).find((found) => found !== undefined);
  if (!recognised) return { ...shown, spec: undefined, reason: "its calls are in no notation that the parsers have" };
  const spec = specOf(`learned-${idOf(subject.name)}`, recognised, answers, probes, subject.eosToken);
  const channels = learnChannels(answers, probes, spec.calls);
  if (!channels) return { ...shown, spec };
  const inMessages: ParserSpec = { id: spec.id, calls: [], channels, markers: [], textCalls: true };
  return { ...shown, spec: [inMessages, spec].sort((a, b) => passed(answers, b) - passed(answers, a))[0]! };
}

const passed = (answers: Answers, spec: ParserSpec): number =>
  roundTrips(answers, spec).filter((trip) => trip.passed).length;

function specOf(
  id: string,
  { syntax, around }: Recognised,
  answers: Answers,
  probes: Probes,
  eosToken: string,
): ParserSpec {
  const thought = learnThinking(answers);
  const { thinking } = thought ?? {};
  const lead = leadOf(answers, probes);
  const unused = thinking?.close.map((close) => around.pre.lastIndexOf(close) + close.length) ?? [];
  const isUnused = thinking?.close.some((close) => around.pre.includes(close));
  const start = Math.max(lead.length, ...(isUnused ? unused : []));
  const ending = [...pieces(answers.end), eosToken].filter(isMarker);
  const frame = frameOf({ ...around, pre: around.pre.slice(start) });
  const own = { ...frame, section: { ...frame.section, open: withoutFirst(frame.section.open, ending) } };
  const isMarked = isMarkup(own.call.open || own.section.open);
  const others: readonly SyntaxSpec[] = isMarked && !isJson(syntax) ? ["json"] : [];
  const framed = specOfFrame(own, [syntax, ...others], [...IDS, WORDS.name, WORDS.otherName]);
  const known = [...(thinking?.open ?? []), ...(thinking?.close ?? [])];
  const markers = new Set([...framed.markers, ...(thought?.markers ?? []), ...contentMarkers(answers), ...ending]);
  return {
    id,
    ...(thinking && { thinking }),
    calls: [...framed.calls],
    ...(framed.headers.length > 0 && { headers: framed.headers }),
    markers: [...markers].filter((marker) => !known.includes(marker)),
    textCalls: true,
  };
}

/** Models fall back to a plain object in the markers of any other notation. */
const isJson = (syntax: SyntaxSpec): boolean => typeof syntax === "object" && syntax.type === "json";

/** Markup without the pieces at its front that end a message in words too. */
function withoutFirst(markup: string, ending: readonly string[]): string {
  const first = pieces(markup)[0];
  return first !== undefined && ending.includes(first)
    ? withoutFirst(markup.slice(markup.indexOf(first) + first.length).trim(), ending)
    : markup;
}

/** A name as an id: words with dashes between them. */
const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Probes with random ids, else with ids that hold the tool's name. */
function probed(subject: Pick<Subject, "render">): { answers: Answers; probes: Probes | undefined } {
  const answers = new Answers(subject, PROBE_TOOLS);
  const probes = probe(answers);
  if (probes) return { answers, probes };
  const named = new Answers(subject, PROBE_TOOLS, "named");
  return { answers: named, probes: probe(named) };
}

/** What stands before the first call and before words alike, e.g. the end of a thinking block that was not used. */
function leadOf(answers: Answers, probes: Probes): string {
  const words = answers.words({}, true) ?? answers.words();
  const lead = words ? commonStart(before(words.text, WORDS.content), probes.one) : "";
  const beside = answers.calls(PROBE_CALLS.one, { content: WORDS.content })?.text;
  const after = beside && between(beside, WORDS.content, WORDS.name);
  if (after === undefined) return lead;
  const pre = before(probes.one, WORDS.name);
  return pre.slice(0, Math.max(lead.length, pre.length - commonEnd(pre, after).length));
}

/** Markup around a message in words. */
function contentMarkers(answers: Answers): string[] {
  const words = answers.words();
  return words ? pieces(before(words.text, WORDS.content)).filter(isMarkup) : [];
}
