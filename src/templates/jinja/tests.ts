import { bind, NO_ARGUMENTS, whole } from "./arguments.ts";
import { contains, equal, ordered } from "./compare.ts";
import { pythonFilters } from "./filters/index.ts";
import { keyOf } from "./keys.ts";
import { llamaTests } from "./llama/tests.ts";
import { stringMethods } from "./methods/string.ts";
import { asText } from "./print.ts";
import { Failure, type Runtime } from "./runtime.ts";
import { isInteger, numeric } from "./scalars.ts";
import { Markup, Text } from "./text.ts";
import { type Arguments, Callable, Dict, Host, List, Num, Undefined, type Value } from "./values.ts";

type Test = (runtime: Runtime, subject: Value, input: Arguments) => boolean;

/** A test of the value alone. */
const bare =
  (name: string, holds: (value: Value, runtime: Runtime) => boolean): Test =>
  (runtime, subject, input) => {
    bind(name, input, []);
    return holds(subject, runtime);
  };

/** A test of the value and one argument. */
const against =
  (name: string, holds: (runtime: Runtime, value: Value, other: Value) => boolean): Test =>
  (runtime, subject, input) => {
    const [other] = bind(name, input, ["other"], 1);
    return holds(runtime, subject, other!);
  };

const remainder = (value: Value, by: number): number => {
  const number = numeric(value);
  if (number === undefined) throw new Failure("not a number that can be divided");
  if (by === 0) throw new Failure("integer division or modulo by zero");
  const rest = typeof number === "bigint" ? Number(number % BigInt(by)) : number % by;
  return rest < 0 ? rest + Math.abs(by) : rest;
};

const isLetters = (runtime: Runtime, value: Value, method: "islower" | "isupper") =>
  stringMethods.get(method)!(runtime, asText(runtime, value), NO_ARGUMENTS) === true;

const isSequence = (value: Value) =>
  value instanceof Text ||
  value instanceof Dict ||
  value instanceof Undefined ||
  (value instanceof List && value.kind !== "generator" && value.kind !== "view");

/** A text as it is; the empty one for other keys, which no filter has as its name. Throws `Failure` for what can be no key. */
function nameIn(value: Value): string {
  keyOf(value instanceof Undefined ? null : value);
  return value instanceof Text ? value.value : "";
}

const ALONE: Readonly<Record<string, (value: Value, runtime: Runtime) => boolean>> = {
  defined: (value) => !(value instanceof Undefined),
  undefined: (value) => value instanceof Undefined,
  none: (value) => value === null,
  boolean: (value) => typeof value === "boolean",
  true: (value) => value === true,
  false: (value) => value === false,
  integer: isInteger,
  float: (value) => value instanceof Num && value.isFloat,
  number: (value) => numeric(value) !== undefined,
  string: (value) => value instanceof Text,
  mapping: (value) => value instanceof Dict,
  sequence: isSequence,
  iterable: (value) => isSequence(value) || value instanceof List,
  callable: (value) =>
    value instanceof Callable || value instanceof Undefined || (value instanceof Host && value.call !== undefined),
  escaped: (value) => value instanceof Markup,
  odd: (value) => remainder(value, 2) === 1,
  even: (value) => remainder(value, 2) === 0,
  lower: (value, runtime) => isLetters(runtime, value, "islower"),
  upper: (value, runtime) => isLetters(runtime, value, "isupper"),
  filter: (value) => pythonFilters.has(nameIn(value)),
  test: (value) => pythonTests.has(nameIn(value)),
};

const less: Parameters<typeof against>[1] = (runtime, a, b) => ordered(runtime, a, b) < 0;
const lessOrEqual: Parameters<typeof against>[1] = (runtime, a, b) => ordered(runtime, a, b) <= 0;
const greater: Parameters<typeof against>[1] = (runtime, a, b) => ordered(runtime, a, b) > 0;
const greaterOrEqual: Parameters<typeof against>[1] = (runtime, a, b) => ordered(runtime, a, b) >= 0;
const different: Parameters<typeof against>[1] = (runtime, a, b) => !equal(runtime, a, b);

const WITH_ARGUMENT: Readonly<Record<string, Parameters<typeof against>[1]>> = {
  eq: equal,
  equalto: equal,
  "==": equal,
  ne: different,
  "!=": different,
  lt: less,
  lessthan: less,
  "<": less,
  le: lessOrEqual,
  "<=": lessOrEqual,
  gt: greater,
  greaterthan: greater,
  ">": greater,
  ge: greaterOrEqual,
  ">=": greaterOrEqual,
  in: (runtime, value, container) => contains(runtime, container, value),
  divisibleby: (_, value, by) => remainder(value, whole("divisibleby", by, 1)) === 0,
  sameas: (_, value, other) => value === other || (isInteger(value) && isInteger(other) && value.value === other.value),
};

/** The tests of Jinja2. */
export const pythonTests: ReadonlyMap<string, Test> = new Map([
  ...Object.entries(ALONE).map(([name, holds]) => [name, bare(name, holds)] as const),
  ...Object.entries(WITH_ARGUMENT).map(([name, holds]) => [name, against(name, holds)] as const),
]);

/** Every test of either mode. A name that the render's mode does not have fails when it is asked. */
export const tests: ReadonlyMap<string, Test> = new Map(
  Array.from(new Set([...pythonTests.keys(), ...llamaTests.keys()]), (name) => [
    name,
    (runtime: Runtime, subject: Value, input: Arguments) => {
      const test = (runtime.mode === "llama.cpp" ? llamaTests : pythonTests).get(name);
      if (!test)
        throw new Failure(runtime.mode === "llama.cpp" ? `Unknown test '${name}'` : `No test named '${name}'.`);
      return test(runtime, subject, input);
    },
  ]),
);
