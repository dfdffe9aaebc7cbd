import fc from "fast-check";
import { literalsOf } from "../../src/parsers/index.ts";
import type { ParserSpec } from "../../src/types/index.ts";
import { textsIn } from "./parsers.ts";
import type { Loss } from "./parsers-losses.ts";
import type { RoundTrip, Said, SaidCall } from "./parsers-round-trip.ts";

/** What text may hold that looks like markup, code or data. None of it names a declared tool. */
const PIECES = [
  "Look at ",
  "words",
  "<b>",
  "</div>",
  "<tool_call>",
  "</tool_call>",
  "<think>",
  "</think>",
  "<function=x>",
  "</function>",
  "</parameter>",
  "<arg_value>",
  "</arg_value>",
  "<|message|>",
  "<|channel|>",
  "[TOOL_CALLS]",
  "[ARGS]",
  "<｜tool▁call▁end｜>",
  "<|tool_call_end|>",
  "<tool_call|>",
  '<|"|>',
  "<escape>",
  "]]>",
  "{{ x }}",
  "{% if y %}",
  '{"a": [1, {"b": "c"}]}',
  '"{\\"a\\": 1}"',
  "[1, 2]",
  "f(x=1, y='z')",
  "```js\ncode();\n```\n",
  "const a = `b`;\n",
  "&lt;&amp;",
  "\\n",
  "\\",
  '"',
  "'",
  ",",
  "}",
  "\n",
  "\n\n",
  "  ",
  "\t",
  "漢字",
  "größer",
  "😀",
  "a\u2028b",
  "null",
  "True",
  "42",
];

/** Literals that a family's markup is made of: templates do not escape them in what stands there as it is. */
function reservedIn({ id: _, ...spec }: ParserSpec): readonly string[] {
  const texts = [...literalsOf({ id: "", ...spec }), ...textsIn(spec.calls), ...textsIn(spec.channels?.calls)];
  return [...PRESETS, ...texts].filter((text) => /[<>[\]|｜]/.test(text) && text.length > 1);
}

/** Literals of notations that data names without spelling them. */
const PRESETS = [
  "<function=",
  "</function>",
  "<parameter=",
  "</parameter>",
  "<arg_key>",
  "<arg_value>",
  "</arg_value>",
];

/** What a call may stand in without being told to, beside which it is part of it: inline code too; and a list of calls in Python. */
const TEXT_LAYER = /<\/?(?:tool_call|tool|function)s?>|```|(?<!`)`$|\[\s*$|\[[\w\s.-]*\(/;

const hostile = (isReserved: (text: string) => boolean): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 6 })), {
      maxLength: 8,
    })
    .map((parts) => parts.join(""))
    .filter((text) => !isReserved(text));

/** Messages whose texts hold everything but the family's own markup; in values that too, where the template escapes them. */
export function saidBy(trip: RoundTrip, losses: readonly Loss[]): fc.Arbitrary<Said> {
  const reserved = reservedIn(trip.spec);
  // Text that ends like a literal begins would hide where that begins.
  const holds = (text: string): boolean =>
    reserved.some((literal) => text.includes(literal) || (text + literal).indexOf(literal) < text.length);
  const quoted = trip.render({ content: "", reasoning: "", calls: [call({ path: 'q"q', content: "" })] })?.raw;
  const isEscaped = quoted?.includes('q\\"q') === true && !trip.spec.channels;
  const inWords = (text: string): boolean => TEXT_LAYER.test(text) || holds(text);
  const text = hostile((one) => inWords(one.trim())).map((one) => one.trim());
  const isUnsafe = (one: string): boolean => losses.includes("escapes") && /["'\\\n]/.test(one);
  const value = hostile((one) => isUnsafe(one) || (!isEscaped && holds(one)));
  const write = fc.record({ path: value, content: value }, PLAIN).map(call);
  const other = fc
    .record(
      {
        count: fc.integer({ min: -1000, max: 1000 }),
        share: fc.integer({ min: -40, max: 40 }).map((number) => number / 4 + 0.25),
        strict: fc.boolean(),
        names: fc.array(fc.constantFrom("a", "b c", "漢字"), { minLength: 1, maxLength: 3 }),
      },
      PLAIN,
    )
    .map((input): SaidCall => ({ name: "set_values", input }));
  const calls = fc.array(losses.includes("values") ? write : fc.oneof({ weight: 3, arbitrary: write }, other), {
    maxLength: 3,
  });
  return fc.record({ content: text, reasoning: text, calls }, PLAIN);
}

const PLAIN = { noNullPrototype: true };

const call = (input: SaidCall["input"]): SaidCall => ({ name: "write", input });
