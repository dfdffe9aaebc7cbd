import type { RenderValue } from "../../templates/index.ts";
import type { LooseMessage } from "../rules/rule.ts";
import { type ProbeCall, WORDS } from "./words.ts";

/** A message with calls that a spec is tried on. Learning looks at none of them, but to choose between two readings of headers. */
export interface Shape {
  readonly name: string;
  readonly calls: readonly ProbeCall[];
  readonly more?: LooseMessage;
}

const { name, otherName, key, otherKey } = WORDS;

const one = (input: Readonly<Record<string, RenderValue>>): readonly ProbeCall[] => [{ name, input }];

/** Arguments of every type, hostile texts, and everything that may stand beside calls. */
export const SHAPES: readonly Shape[] = [
  { name: "one call", calls: one({ [key]: "src/main.ts" }) },
  { name: "two arguments", calls: one({ [key]: "src/main.ts", [otherKey]: "a text of words" }) },
  { name: "two calls", calls: [...one({ [key]: "one" }), { name: otherName, input: { [key]: "two", integer: 2 } }] },
  { name: "the same tool twice", calls: [...one({ [key]: "one" }), ...one({ [key]: "two" })] },
  { name: "three calls", calls: [...one({ [key]: "one" }), ...one({ [key]: "two" }), ...one({ [key]: "three" })] },
  { name: "no arguments", calls: one({}) },
  { name: "numbers", calls: one({ [key]: "12", integer: -7, number: 0.25 }) },
  { name: "yes and no", calls: one({ [key]: "true", flag: true }) },
  { name: "null", calls: one({ [key]: "x", nothing: null }) },
  { name: "list and object", calls: one({ [key]: "x", list: ["a", "b c"], object: { inner: "y", count: 3 } }) },
  { name: "quotes", calls: one({ [key]: `say "hello", it's \\ here` }) },
  { name: "line breaks", calls: one({ [key]: "first\n  second\n\n\tthird" }) },
  { name: "code", calls: one({ [key]: 'if (a < b && c > d) { return [1, 2]["x"]; }' }) },
  { name: "markup", calls: one({ [key]: "<b>bold</b> & [link](x) {{ y }} <!-- z -->" }) },
  { name: "other writing", calls: one({ [key]: "größer 漢字 🙂" }) },
  { name: "words before", calls: one({ [key]: "x" }), more: { content: "I shall look at it." } },
  { name: "reasoning before", calls: one({ [key]: "x" }), more: { reasoning_content: "They want me to look." } },
];
