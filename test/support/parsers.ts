import fc from "fast-check";
import { createParser, parserSpecs } from "../../src/parsers/index.ts";
import type { ParseEvent, ParserContext, ParserSpec, ToolSpec } from "../../src/types/index.ts";

/** Tools as a coding agent declares them, with every kind of type among their parameters. */
export const tools: readonly ToolSpec[] = [
  {
    name: "read",
    description: "",
    parameters: {
      type: "object",
      properties: { path: { type: "string" }, start: { type: "integer" }, lines: { type: ["integer", "null"] } },
      required: ["path"],
    },
  },
  {
    name: "write",
    description: "",
    parameters: {
      type: "object",
      properties: { path: { type: "string" }, content: { type: "string" } },
      required: ["path", "content"],
    },
  },
  {
    name: "shell",
    description: "",
    parameters: {
      type: "object",
      properties: { command: { type: "string" }, timeout: { type: "number" }, background: { type: "boolean" } },
      required: ["command"],
    },
  },
  {
    name: "todo",
    description: "",
    parameters: {
      type: "object",
      properties: {
        items: {
          type: "array",
          items: {
            type: "object",
            properties: { text: { type: "string" }, state: { type: "string", enum: ["open", "done"] } },
            required: ["text"],
          },
        },
      },
      required: ["items"],
    },
  },
];

export interface ParseOptions {
  readonly family?: string;
  /** In place of `family`. */
  readonly spec?: ParserSpec;
  readonly cut?: boolean;
  readonly thinkingOpen?: boolean;
  readonly tools?: readonly ToolSpec[];
}

/** Parses the chunks one after the other; ids are `c0`, `c1`, … */
export function parse(chunks: readonly string[], options: ParseOptions = {}): ParseEvent[] {
  let id = 0;
  const context: ParserContext = {
    tools: options.tools ?? tools,
    thinkingOpen: options.thinkingOpen ?? false,
    newId: () => `c${id++}`,
  };
  const parser = createParser(options.spec ?? parserSpecs[options.family ?? "hermes-json"]!, context);
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end({ cut: options.cut ?? false })];
}

/** Joins neighbouring pieces of one kind. */
export function merged(events: readonly ParseEvent[]): ParseEvent[] {
  const out: ParseEvent[] = [];
  for (const event of events) {
    const last = out.at(-1);
    if (last?.type === event.type && isDelta(last) && isDelta(event)) {
      out[out.length - 1] = {
        ...last,
        text: last.text + event.text,
        span: { start: last.span.start, end: event.span.end },
      };
    } else out.push(event);
  }
  return out;
}

type Delta = Extract<ParseEvent, { type: "text" | "reasoning" | "marker" | "candidate" }>;

export const isDelta = (event: ParseEvent): event is Delta =>
  ["text", "reasoning", "marker", "candidate"].includes(event.type);

export const calls = (events: readonly ParseEvent[]) =>
  events.filter((event): event is Extract<ParseEvent, { type: "tool_call" }> => event.type === "tool_call");

/** What the user sees as the answer's text. */
export const shown = (events: readonly ParseEvent[], type: "text" | "reasoning" = "text"): string =>
  events
    .map((event) => (event.type === type || (event.type === "candidate_closed" && event.as === type) ? event.text : ""))
    .join("");

const FRAGMENTS = [
  ..."<>{}[]\"'`:,\\ \n\t/=|_",
  ..."aé漢😀\u2028",
  "<think>",
  "</think>",
  "<tool_call>",
  "</tool_call>",
  "<tools>",
  "</tools>",
  "<function=read>",
  "<function=nope>",
  "<function=",
  "</function>",
  "<parameter=path>",
  "<parameter=",
  "</parameter>",
  "read",
  "write\n",
  "<arg_key>",
  "</arg_key>",
  "<arg_value>",
  "</arg_value>",
  "<|start|>assistant",
  "<|channel|>",
  "analysis",
  "commentary to=functions.read ",
  " to=functions.write",
  "<|constrain|>json",
  "<|message|>",
  "<|end|>",
  "<|call|>",
  "<|begin_of_box|>",
  "\\n",
  "\\",
  "```json\n",
  "```",
  "\n```\n",
  "```sh",
  "~~~",
  '{"name": "read", "arguments": {"path": "a.ts"}}',
  '{{"name": "read", "arguments": {"path": "a.ts"}}}',
  '{"name": "package", "version": "1.0"}',
  '{"name": "write", "arguments": {"path": "a", "content": "x\ny"z"}}',
  '{"name": "read", "arguments": {',
  '{"name": ',
  '{"type": "function", "function": ',
  "{'name': 'shell', 'arguments': {'command': 'ls'}}",
  '"path": "a"',
  "for example",
  "Let me look. ",
  "[1, 2]",
  "True",
];

/** Every text in a value, as in a family's data: its literals, and some names of fields, which do no harm. */
export const textsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/** How far the parsers look for the ends of fences, keys, names, headers and introductions, in characters. */
const LIMITS = [16, 24, 32, 64, 128, 200, 256, 300];

/** Runs of one character, about as long as a limit. */
const runs = (limit: number): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(..."a `(\n"), fc.nat(15)).map(([character, less]) => character.repeat(limit + 2 - less));

/** Text made of what the notations are made of, those of the family most of all, broken in every way. */
export function hostileText(spec: ParserSpec): fc.Arbitrary<string> {
  const { id: _, ...data } = spec;
  const own = [...new Set(textsIn(data))].filter((text) => text !== "");
  const pieces = [
    { weight: 8, arbitrary: fc.constantFrom(...FRAGMENTS) },
    { weight: 6, arbitrary: fc.constantFrom(...own) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...own).chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
    { weight: 1, arbitrary: fc.oneof(...LIMITS.map((limit) => runs(limit))) },
  ];
  return fc.array(fc.oneof(...pieces), { maxLength: 25 }).map((parts) => parts.join(""));
}

/** Why these events do not cover the text once, in order, saying what stands there; undefined where they do. */
export function coverageFault(events: readonly ParseEvent[], text: string): string | undefined {
  let covered = 0;
  let candidate: number | undefined;
  for (const event of events) {
    const { start, end } = event.span;
    const at = `${event.type} at ${start}–${end}`;
    if ("text" in event && event.text !== text.slice(start, end)) return `${at} says something else`;
    if (isDelta(event)) {
      if (start !== covered) return `${at} begins where ${covered} is next`;
      if (event.type === "candidate") candidate ??= start;
      else if (candidate !== undefined) return `${at} comes while a candidate is open`;
      covered = end;
    } else {
      if (start !== candidate || end !== covered) return `${at} is not the candidate ${candidate}–${covered}`;
      candidate = undefined;
    }
  }
  if (candidate !== undefined) return `the candidate at ${candidate} never closes`;
  return covered === text.length ? undefined : `${text.length - covered} characters are missing`;
}

/** A text and a way to cut it into pieces, down to single UTF-16 units. */
export const chunked = (text: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.tuple(text, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 })).map(([whole, sizes]) => {
    const pieces: string[] = [];
    for (let at = 0, turn = 0; at < whole.length; turn++) {
      const size = sizes[turn % sizes.length]!;
      pieces.push(whole.slice(at, at + size));
      at += size;
    }
    return pieces;
  });
