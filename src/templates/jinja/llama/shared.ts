import type { Builtin } from "../builtin.ts";
import { isTrue } from "../compare.ts";
import { jsonText } from "../json-text.ts";
import { Failure } from "../runtime.ts";
import { isInteger } from "../scalars.ts";
import { List, Undefined } from "../values.ts";
import { argument, count } from "./arguments.ts";
import { llamaText } from "./text.ts";

/** `tojson`; it cannot sort keys. */
export const tojson: Builtin = (runtime, value, input) => {
  count("tojson", input, 0, 4);
  const indent = argument(input, "indent", 1);
  const separators = argument(input, "separators", 2);
  const given = (name: string, place: number) => isTrue(runtime, argument(input, name, place) ?? null);
  if (given("sort_keys", 3)) throw new Failure("NotImplemented: tojson sort_keys=true not implemented");
  const [comma, colon] = separators instanceof List ? separators.items.map((item) => llamaText(item).value) : [];
  const width = isInteger(indent) ? Number(indent.value) : -1;
  runtime.meter.string(Math.max(0, width));
  return jsonText(runtime, value, {
    ...(width >= 0 && { indent: " ".repeat(width) }),
    ...(comma !== undefined && { itemSeparator: comma }),
    ...(colon !== undefined && { keySeparator: colon }),
    ascii: given("ensure_ascii", 0),
  });
};

/** `default` of all types but strings and mappings; none counts as missing too. */
export const orDefault: Builtin = (runtime, value, input) => {
  count("default", input, 1, 2);
  const isStrict = isTrue(runtime, argument(input, "boolean", 1) ?? null);
  const missing = isStrict ? !isTrue(runtime, value) : value === null || value instanceof Undefined;
  return missing ? (input.positional[0] ?? null) : value;
};

export const notImplemented =
  (what: string): Builtin =>
  () => {
    throw new Failure(`NotImplemented: ${what} not implemented`);
  };

/** A builtin that ignores its arguments and gives an empty value. */
export const always =
  (make: () => ReturnType<Builtin>): Builtin =>
  () =>
    make();
