import { strftime } from "../clock.ts";
import { bind, textual, whole } from "./arguments.ts";
import { iterate } from "./iterate.ts";
import { put } from "./keys.ts";
import { NEWEST_BUILD } from "./llama/builds.ts";
import { tojson } from "./llama/shared.ts";
import { asText } from "./print.ts";
import { quirksOf } from "./quirks.ts";
import { type EngineMode, Failure, type Runtime } from "./runtime.ts";
import { Range } from "./sequences.ts";
import { EMPTY, Text } from "./text.ts";
import { type Arguments, Callable, Dict, Host, Namespace, type Value } from "./values.ts";

function range(runtime: Runtime, input: Arguments): Value {
  const [first, second, third] = bind("range", input, ["start", "stop", "step"], 1);
  const [start, stop] =
    second === undefined ? [0, whole("range", first, 0)] : [whole("range", first, 0), whole("range", second, 0)];
  const step = whole("range", third, 1);
  if (step === 0) throw new Failure("range() step argument must not be zero");
  const range = new Range(runtime.meter, start, stop, step);
  const { longestRange } = quirksOf(runtime);
  if (range.count > longestRange)
    throw new Failure(`Range too big. The sandbox blocks ranges larger than MAX_RANGE (${longestRange}).`);
  runtime.meter.range(range.count);
  return range;
}

/** `dict(mapping, name=value)` and what `namespace` takes likewise. */
function entriesOf(runtime: Runtime, callee: string, input: Arguments): Dict {
  const dict = new Dict();
  if (input.positional.length > 1)
    throw new Failure(`${callee} expected at most 1 argument, got ${input.positional.length}`);
  const [given] = input.positional;
  const isMapping = given instanceof Dict;
  const entries = isMapping
    ? Array.from(given.entries.values(), ({ key, value }) => [key, value] as const)
    : given === undefined
      ? []
      : iterate(runtime, given).map((pair) => pairOf(runtime, pair));
  runtime.meter.list(entries.length + input.named.size);
  for (const [key, value] of entries) put(dict, key, value);
  for (const [name, value] of input.named) put(dict, new Text(name), value);
  return dict;
}

function pairOf(runtime: Runtime, value: Value): readonly [Value, Value] {
  const [key, item, ...rest] = iterate(runtime, value);
  if (key === undefined || item === undefined || rest.length > 0)
    throw new Failure("dict() takes pairs of key and value");
  return [key, item];
}

function namespace(runtime: Runtime, input: Arguments): Value {
  const { entries } = entriesOf(runtime, "namespace", input);
  return new Namespace(new Map(Array.from(entries, ([name, { value }]) => [String(name), value])));
}

function raise(runtime: Runtime, input: Arguments): never {
  const [message = new Text("")] = bind("raise_exception", input, ["message"], 1);
  if (quirksOf(runtime).raisesOnlyText) textual("raise_exception", message);
  throw new Failure(asText(runtime, message).value, { raised: true });
}

function formattedNow(runtime: Runtime, input: Arguments): Value {
  const format = textual("strftime_now", bind("strftime_now", input, ["format"], 1)[0]);
  // No conversion writes more than 27 characters.
  runtime.meter.string(format.value.length * 14);
  return new Text(strftime(runtime.now, format.value));
}

function cycler(runtime: Runtime, input: Arguments): Value {
  const { positional: items } = input;
  if (items.length === 0) throw new Failure("at least one item has to be provided");
  runtime.meter.list(items.length);
  let position = 0;
  const next = new Callable("next", () => {
    const item = items[position]!;
    position = (position + 1) % items.length;
    return item;
  });
  const reset = new Callable("reset", () => {
    position = 0;
    return null;
  });
  return new Host("Cycler", (name) => {
    if (name === "current") return items[position]!;
    return name === "next" ? next : name === "reset" ? reset : undefined;
  });
}

function joiner(_: Runtime, input: Arguments): Value {
  const [separator = new Text(", ")] = bind("joiner", input, ["sep"]);
  let isFirst = true;
  return new Host(
    "Joiner",
    () => undefined,
    () => {
      const written = isFirst ? EMPTY : separator;
      isFirst = false;
      return written;
    },
  );
}

interface Global {
  readonly call: Callable["call"];
  /** The mode that alone has it. */
  readonly only?: EngineMode;
  /** The first build of llama.cpp that is known to have it. */
  readonly since?: number;
}

const GLOBALS: Readonly<Record<string, Global>> = {
  range: { call: range },
  namespace: { call: namespace },
  raise_exception: { call: raise },
  strftime_now: { call: formattedNow },
  dict: { call: (runtime, input) => entriesOf(runtime, "dict", input), since: 11549 },
  cycler: { call: cycler, only: "transformers" },
  joiner: { call: joiner, only: "transformers" },
  tojson: { call: jsonOfFirst, only: "llama.cpp" },
};

/** llama.cpp's `tojson(value)`, which is a function there as well. */
function jsonOfFirst(runtime: Runtime, input: Arguments): Value {
  const [value, ...rest] = input.positional;
  if (value === undefined) throw new Failure("Function 'tojson' expected between 1 and 5 arguments, got 0");
  return tojson(runtime, value, { positional: rest, named: input.named });
}

/** The functions that a template finds without being given them, in one mode and, of llama.cpp, at one build. */
export function globalsOf(mode: EngineMode, build = NEWEST_BUILD): ReadonlyMap<string, Value> {
  const has = ({ only = mode, since = 0 }: Global) => only === mode && (mode !== "llama.cpp" || since <= build);
  return new Map(
    Object.entries(GLOBALS).flatMap(([name, global]) => (has(global) ? [[name, new Callable(name, global.call)]] : [])),
  );
}
