import { bind, textual, whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { concat, sliceText, Text, TextBuilder } from "../text.ts";
import { repeat } from "../text-edit.ts";
import { characters, lengthOf } from "../text-units.ts";

/** Fills a text to `width`; `left` says how much of what is missing comes before it. */
export function padded(
  runtime: Runtime,
  text: Text,
  width: number,
  left: (missing: number) => number,
  fill = " ",
): Text {
  const missing = width - lengthOf(runtime, text.value);
  if (missing <= 0) return text;
  const before = left(missing);
  runtime.meter.string(text.value.length + missing);
  return concat([repeat(runtime, new Text(fill), before), text, repeat(runtime, new Text(fill), missing - before)]);
}

/** Half of it comes before; of an odd number the larger half where the width is odd, as CPython has it. */
export const centred = (width: number) => (missing: number) => Math.floor(missing / 2) + (missing & width & 1);

function padding(name: string, left: (width: number) => (missing: number) => number): Builtin {
  return (runtime, text, input) => {
    const [size, fill] = bind(name, input, ["width", "fillchar"], 1);
    const width = whole(name, size, 0);
    const sign = fill === undefined ? " " : textual(name, fill).value;
    if ([...sign].length !== 1) throw new Failure("The fill character must be exactly one character long");
    return padded(runtime, text as Text, width, left(width), sign);
  };
}

/** Methods that widen a string. */
export const paddingMethods: Builtins = new Map<string, Builtin>([
  ["center", padding("center", centred)],
  ["ljust", padding("ljust", () => () => 0)],
  ["rjust", padding("rjust", () => (missing) => missing)],
  [
    "zfill",
    (runtime, subject, input) => {
      const text = subject as Text;
      const width = whole("zfill", bind("zfill", input, ["width"], 1)[0], 0);
      const signed = /^[+-]/.test(text.value) ? 1 : 0;
      const digits = padded(runtime, sliceText(text, signed), width - signed, (missing) => missing, "0");
      return concat([sliceText(text, 0, signed), digits]);
    },
  ],
  [
    "expandtabs",
    (runtime, subject, input) => {
      const size = whole("expandtabs", bind("expandtabs", input, ["tabsize"])[0], 8);
      const builder = new TextBuilder();
      let column = 0;
      for (const character of characters(subject as Text)) {
        runtime.meter.step();
        if (character.value === "\t") {
          const width = size > 0 ? size - (column % size) : 0;
          builder.add(repeat(runtime, new Text(" ", character.source), width));
          column += width;
        } else {
          builder.add(character);
          column = /[\n\r]/.test(character.value) ? 0 : column + 1;
        }
        runtime.meter.string(builder.length);
      }
      return builder.text();
    },
  ],
]);
