import { Failure, type Runtime } from "../runtime.ts";
import { isInteger, sameText } from "../scalars.ts";
import { Text } from "../text.ts";
import { type LlamaType, llamaType } from "../type-names.ts";
import { type Arguments, Num, Undefined, type Value } from "../values.ts";
import { llamaRank, llamaTestIn } from "./compare.ts";

type Test = (runtime: Runtime, subject: Value, input: Arguments) => boolean;

const ofType =
  (...types: LlamaType[]): Test =>
  (_, subject) =>
    types.includes(llamaType(subject));

const integerOf = (value: Value | undefined): bigint => {
  if (isInteger(value)) return BigInt(value.value);
  throw new Failure(`test expected an integer, got ${value === undefined ? "nothing" : llamaType(value)}`);
};

/** `value_compare`: only numbers and strings have an order, and only they and booleans are ever equal. */
const compared =
  (holds: (rank: number) => boolean): Test =>
  (runtime, subject, input) => {
    const [other] = input.positional;
    if (other === undefined) throw new Failure("a comparing test expects an argument");
    if (typeof subject === "boolean" && typeof other === "boolean") {
      if (!holds(0) || !holds(1)) return holds(Number(subject) - Number(other));
    }
    const rank = llamaRank(runtime, subject, other);
    return rank !== undefined && holds(rank);
  };

const letters =
  (denied: RegExp): Test =>
  ({ meter }, subject) => {
    if (subject instanceof Text) {
      meter.step(subject.value.length / 64);
      return !denied.test(subject.value);
    }
    throw new Failure(`test expected a string, got ${llamaType(subject)}`);
  };

/** The same object, or an equal scalar of the same type. */
function isSame(runtime: Runtime, a: Value, b: Value | undefined): boolean {
  if (a instanceof Num && b instanceof Num) return a.isFloat === b.isFloat && a.value === b.value;
  return a instanceof Text && b instanceof Text ? sameText(runtime, a, b) : a === b;
}

const equalTo = compared((rank) => rank === 0);
const greater = compared((rank) => rank > 0);
const less = compared((rank) => rank < 0);
const notImplemented: Test = () => {
  throw new Failure("NotImplemented: this test is not implemented");
};

/** The tests of llama.cpp's engine (`global_builtins`, `test_is_…`). */
export const llamaTests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["boolean", ofType("Boolean")],
  ["callable", ofType("Function")],
  ["odd", (_, subject) => integerOf(subject) % 2n !== 0n],
  ["even", (_, subject) => integerOf(subject) % 2n === 0n],
  ["false", (_, subject) => subject === false],
  ["true", (_, subject) => subject === true],
  [
    "divisibleby",
    (_, subject, input) => {
      const [value, by] = [integerOf(subject), integerOf(input.positional[0])];
      if (by === 0n) throw new Failure("divided by zero");
      return value % by === 0n;
    },
  ],
  ["string", ofType("String")],
  ["integer", ofType("Integer")],
  ["float", ofType("Float")],
  ["number", ofType("Integer", "Float")],
  ["iterable", ofType("Array", "Tuple", "String", "Object", "Undefined")],
  ["sequence", ofType("Array", "Tuple", "String", "Object", "Undefined")],
  ["mapping", ofType("Object")],
  ["lower", letters(/[A-Z]/)],
  ["upper", letters(/[a-z]/)],
  ["none", ofType("None")],
  ["defined", (_, subject) => !(subject instanceof Undefined)],
  ["undefined", ofType("Undefined")],
  ["eq", equalTo],
  ["equalto", equalTo],
  ["ne", compared((rank) => rank !== 0)],
  ["ge", compared((rank) => rank >= 0)],
  ["gt", greater],
  ["greaterthan", greater],
  ["lt", less],
  ["lessthan", less],
  [
    "in",
    (runtime, subject, input) => {
      const [container] = input.positional;
      if (container === undefined) throw new Failure("test 'in' expects an argument");
      return llamaTestIn(runtime, container, subject);
    },
  ],
  [
    "test",
    (_, subject) => {
      if (subject instanceof Text) return llamaTests.has(subject.value);
      throw new Failure(`test expected a string, got ${llamaType(subject)}`);
    },
  ],
  ["sameas", (runtime, subject, input) => isSame(runtime, subject, input.positional[0])],
  ["escaped", notImplemented],
  ["filter", notImplemented],
]);
