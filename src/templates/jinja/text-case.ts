import { quirksOf } from "./quirks.ts";
import type { Runtime } from "./runtime.ts";
import { mapText, type Text } from "./text.ts";

type Change = (runtime: Runtime, text: Text) => Text;

const upperAscii = (value: string) => value.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const lowerAscii = (value: string) => value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function changed(
  runtime: Runtime,
  text: Text,
  change: (value: string, upper: Letters, lower: Letters) => string,
): Text {
  runtime.meter.step(1 + text.value.length / 64);
  runtime.meter.string(text.value.length);
  const isAscii = quirksOf(runtime).letters === "ascii";
  const upper = isAscii ? upperAscii : (value: string) => value.toUpperCase();
  const lower = isAscii ? lowerAscii : (value: string) => value.toLowerCase();
  return mapText(text, (value) => change(value, upper, lower));
}

type Letters = (value: string) => string;

export const upper: Change = (runtime, text) => changed(runtime, text, (value, up) => up(value));
export const lower: Change = (runtime, text) => changed(runtime, text, (value, _, low) => low(value));

/** The first character as a capital, the rest small. */
export const capitalize: Change = (runtime, text) =>
  changed(runtime, text, (value, up, low) => capital(value, up, low));

/** Words begin after white space, and in Python's filter also after `-`, `(`, `{`, `[` and `<`. */
export const title: Change = (runtime, text) => {
  const word = quirksOf(runtime).letters === "ascii" ? /[^\t-\r ]+/g : /[^-\s({[<]+/g;
  return changed(runtime, text, (value, up, low) =>
    value.replace(word, (part) => {
      const [first = ""] = part;
      return up(first) + low(part.slice(first.length));
    }),
  );
};

/** Python's method: a word begins at each letter that follows no letter, as the `S` in `It'S`. */
export const titleMethod: Change = (runtime, text) =>
  changed(runtime, text, (value, up, low) => value.replace(/[\p{L}\p{M}]+/gu, (part) => capital(part, up, low)));

export const swapCase: Change = (runtime, text) =>
  changed(runtime, text, (value, up, low) =>
    value.replace(/\p{L}/gu, (letter) => (letter === up(letter) ? low(letter) : up(letter))),
  );

export const caseFold: Change = (runtime, text) =>
  changed(runtime, text, (value, up, low) => low(up(low(value)).replaceAll("ẞ", "SS")));

function capital(word: string, up: Letters, low: Letters): string {
  const [first = ""] = word;
  const [head = "", ...tail] = up(first);
  return head + low(tail.join("")) + low(word.slice(first.length));
}
