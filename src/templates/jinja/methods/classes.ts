import { bind } from "../arguments.ts";
import type { Builtin, Builtins } from "../builtin.ts";
import type { Text } from "../text.ts";
import { SPACE } from "../tokens.ts";

const SPACES = new RegExp(`^[${SPACE}]+$`);
const CASED = /\p{Lu}|\p{Ll}|\p{Lt}/u;

/** What all characters of a string must be, from Python's `str.is…`; none of them holds for "", unless said so. */
const CLASSES: Readonly<Record<string, (value: string) => boolean>> = {
  isalnum: (value) => /^[\p{L}\p{N}]+$/u.test(value),
  isalpha: (value) => /^\p{L}+$/u.test(value),
  isascii: (value) => /^[\0-\x7f]*$/.test(value),
  isdecimal: (value) => /^\p{Nd}+$/u.test(value),
  // Superscripts and circled figures are digits too.
  isdigit: (value) =>
    /^[\p{Nd}\xb2\xb3\xb9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490]+$/u.test(value),
  isnumeric: (value) => /^\p{N}+$/u.test(value),
  isidentifier: (value) => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(value),
  islower: (value) => CASED.test(value) && !/[\p{Lu}\p{Lt}]/u.test(value),
  isupper: (value) => CASED.test(value) && !/[\p{Ll}\p{Lt}]/u.test(value),
  isprintable: (value) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(value),
  isspace: (value) => SPACES.test(value),
  istitle: (value) =>
    CASED.test(value) && !/(?<![\p{Lu}\p{Ll}\p{Lt}])\p{Ll}|(?<=[\p{Lu}\p{Ll}\p{Lt}])\p{Lu}/u.test(value),
};

/** Methods that ask what a string consists of. */
export const classMethods: Builtins = new Map<string, Builtin>(
  Object.entries(CLASSES).map(([name, holds]) => [
    name,
    (runtime, text, input) => {
      bind(name, input, []);
      runtime.meter.step(1 + (text as Text).value.length / 64);
      return holds((text as Text).value);
    },
  ]),
);
