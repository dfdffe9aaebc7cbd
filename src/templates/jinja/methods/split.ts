import { bind, textual, whole } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { quirksOf } from "../quirks.ts";
import { Failure, type Runtime } from "../runtime.ts";
import { EMPTY, slices, sliceText, type Text } from "../text.ts";
import { split, splitFromRight } from "../text-edit.ts";
import { type Arguments, List, type Value } from "../values.ts";

const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

function splitter(name: "split" | "rsplit"): Builtin {
  return (runtime, subject, input) => {
    const text = subject as Text;
    const [separator = null, count] = bind(name, input, ["sep", "maxsplit"]);
    const limit = whole(name, count, -1);
    const times = limit < 0 ? undefined : limit;
    if (separator === null) return new List(words(runtime, text, times, name === "rsplit"));
    const at = textual(name, separator).value;
    if (at === "") throw new Failure("empty separator");
    return new List(name === "split" ? split(runtime, text, at, times) : splitFromRight(runtime, text, at, times));
  };
}

/** Splits at white space; what is left after `limit` words stays whole. */
function words(runtime: Runtime, text: Text, limit = Number.POSITIVE_INFINITY, fromRight = false): Text[] {
  const { value } = text;
  runtime.meter.step(1 + value.length / 16);
  const { space } = quirksOf(runtime);
  const bounds: [number, number][] = [];
  for (let at = 0; at < value.length; ) {
    while (at < value.length && space.test(value[at]!)) at++;
    if (at >= value.length) break;
    const start = at;
    while (at < value.length && !space.test(value[at]!)) at++;
    bounds.push([start, at]);
  }
  if (bounds.length > limit + 1) {
    // The rest keeps the white space inside it.
    if (fromRight) bounds.splice(0, bounds.length - limit, [0, bounds[bounds.length - limit - 1]![1]]);
    else bounds.splice(limit, bounds.length - limit, [bounds[limit]![0], value.length]);
  } else if (bounds.length === limit + 1) {
    if (fromRight) bounds[0] = [0, bounds[0]![1]];
    else bounds[limit] = [bounds[limit]![0], value.length];
  }
  runtime.meter.list(bounds.length);
  return slices(text, bounds);
}

function partition(name: "partition" | "rpartition"): Builtin {
  return (runtime, subject, input) => {
    const text = subject as Text;
    const separator = textual(name, bind(name, input, ["sep"], 1)[0]).value;
    if (separator === "") throw new Failure("empty separator");
    runtime.meter.step(1 + text.value.length / 64);
    const isFirst = name === "partition";
    runtime.meter.search(text.value.length, separator.length);
    const at = isFirst ? text.value.indexOf(separator) : text.value.lastIndexOf(separator);
    if (at < 0) return new List(isFirst ? [text, EMPTY, EMPTY] : [EMPTY, EMPTY, text], "tuple");
    return new List(
      [sliceText(text, 0, at), sliceText(text, at, at + separator.length), sliceText(text, at + separator.length)],
      "tuple",
    );
  };
}

function splitLines(runtime: Runtime, subject: Value, input: Arguments): Value {
  const text = subject as Text;
  const [keep = false] = bind("splitlines", input, ["keepends"]);
  const keepsEnds = isTrue(runtime, keep);
  runtime.meter.step(1 + text.value.length / 64);
  const bounds: [number, number][] = [];
  let start = 0;
  for (const { index, 0: end } of text.value.matchAll(LINE_END)) {
    bounds.push([start, index + (keepsEnds ? end.length : 0)]);
    start = index + end.length;
  }
  if (start < text.value.length) bounds.push([start, text.value.length]);
  runtime.meter.list(bounds.length);
  return new List(slices(text, bounds));
}

/** Methods that take a string apart. */
export const splitMethods: Builtins = new Map<string, Builtin>([
  ["split", splitter("split")],
  ["rsplit", splitter("rsplit")],
  ["partition", partition("partition")],
  ["rpartition", partition("rpartition")],
  ["splitlines", splitLines],
]);
