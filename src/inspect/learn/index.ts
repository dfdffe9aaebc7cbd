import type { ParserSpec } from "../../types/index.ts";
import type { Subject } from "../rules/rule.ts";
import { Answers } from "./answers.ts";
import { before, between, commonEnd, commonStart, pieces } from "./edges.ts";
import { frameOf, isMarkup, specOfFrame } from "./frame.ts";
import { recogniseBareKeys, recognisePython } from "./notations/braces.ts";
import { recogniseJson } from "./notations/json.ts";
import { recogniseNamedJson } from "./notations/named-json.ts";
import type { Recognise } from "./notations/notation.ts";
import { recogniseTags } from "./notations/tags.ts";
import { PROBE_CALLS, type Probes, probe } from "./probes.ts";
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

export interface Learned {
  /** Undefined where no call was shown, or in no notation that the parsers have. */
  readonly spec: ParserSpec | undefined;
  /** Why there is none. */
  readonly reason?: string;
  readonly answers: Answers;
}

/** Learns how a model of this template writes reasoning and calls, from nothing but what the template renders. */
export function learn(subject: Pick<Subject, "name" | "render">): Learned {
  const { answers, probes } = probed(subject);
  if (!probes) return { spec: undefined, reason: "the template shows no calls", answers };
  const recognised = NOTATIONS.map((recognise) => recognise(probes)).find((found) => found !== undefined);
  if (!recognised) return { spec: undefined, reason: "its calls are in no notation that the parsers have", answers };
  const thought = learnThinking(answers);
  const lead = leadOf(answers, probes);
  const { pre, ...around } = recognised.around;
  const unused = thought ? pre.lastIndexOf(thought.thinking.close[0]!) + thought.thinking.close[0]!.length : 0;
  const isUnused = thought !== undefined && pre.includes(thought.thinking.close[0]!);
  const frame = frameOf({ ...around, pre: pre.slice(Math.max(lead.length, isUnused ? unused : 0)) });
  const framed = specOfFrame(frame, [recognised.syntax], [...IDS, WORDS.name]);
  const markers = [...new Set([...framed.markers, ...(thought?.markers ?? []), ...contentMarkers(answers)])];
  const literals = [...(thought?.thinking.open ?? []), ...(thought?.thinking.close ?? [])];
  const spec: ParserSpec = {
    id: "learned",
    ...(thought && { thinking: thought.thinking }),
    calls: [...framed.calls],
    ...(framed.headers.length > 0 && { headers: framed.headers }),
    markers: markers.filter((marker) => !literals.includes(marker)),
    textCalls: true,
  };
  return { spec, answers };
}

/** Probes with random ids, else with ids that hold the tool's name. */
function probed(subject: Pick<Subject, "render">): { answers: Answers; probes: Probes | undefined } {
  const answers = new Answers(subject, PROBE_TOOLS);
  const probes = probe(answers);
  if (probes) return { answers, probes };
  const named = new Answers(subject, PROBE_TOOLS, { idStyle: "named" });
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
