import type { Builtin, Builtins } from "../builtin.ts";
import { float, integer } from "../number-text.ts";
import { EMPTY } from "../text.ts";
import { List, Num, Undefined, type Value } from "../values.ts";
import { always, orDefault, tojson } from "./shared.ts";
import { llamaText } from "./text.ts";

const number = (value: Value) => (value instanceof Num ? Number(value.value) : Number(value));
const toText: Builtin = (_, value) => llamaText(value);
const emptyList = always(() => new List([]));
const emptyText = always(() => EMPTY);
const nothing = always(() => new Undefined("the first of nothing"));
const zero = always(() => integer(0));

export const integerBuiltins: Builtins = new Map<string, Builtin>([
  ["default", orDefault],
  ["abs", (_, value) => integer(Math.abs(number(value)))],
  ["int", (_, value) => value],
  ["float", (_, value) => float(number(value))],
  ["safe", tojson],
  ["string", tojson],
  ["tojson", tojson],
]);

export const floatBuiltins: Builtins = new Map<string, Builtin>([
  ["default", orDefault],
  ["abs", (_, value) => float(Math.abs(number(value)))],
  ["int", (_, value) => integer(Math.trunc(number(value)))],
  ["float", (_, value) => value],
  ["safe", tojson],
  ["string", tojson],
  ["tojson", tojson],
]);

export const booleanBuiltins: Builtins = new Map<string, Builtin>([
  ["default", orDefault],
  ["int", (_, value) => integer(number(value))],
  ["float", (_, value) => float(number(value))],
  ["safe", toText],
  ["string", toText],
  ["tojson", tojson],
]);

const same = (names: readonly string[], builtin: Builtin) => names.map((name) => [name, builtin] as const);

export const noneBuiltins: Builtins = new Map<string, Builtin>([
  ["default", orDefault],
  ["tojson", tojson],
  ...same(["string", "safe"], toText),
  ...same(["items", "map", "reject", "rejectattr", "select", "selectattr", "unique"], emptyList),
]);

export const undefinedBuiltins: Builtins = new Map<string, Builtin>([
  ["default", orDefault],
  ...same(
    ["capitalize", "join", "lower", "replace", "safe", "string", "strip", "title", "truncate", "upper"],
    emptyText,
  ),
  ...same(
    ["items", "list", "map", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"],
    emptyList,
  ),
  ...same(["first", "last", "max", "min"], nothing),
  ...same(["length", "sum", "wordcount"], zero),
]);
