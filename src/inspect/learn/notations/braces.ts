import type { Around } from "../frame.ts";
import { WORDS } from "../words.ts";
import { objectEnd } from "./json-objects.ts";
import { aroundSpans, type Recognise } from "./notation.ts";

/** `NAME(key="text")`, as Python writes a call. */
export const recognisePython: Recognise = (probes) => {
  const isPython = new RegExp(`${WORDS.name}\\(${WORDS.key}\\s*=\\s*["']${WORDS.value}`).test(probes.one);
  const around = isPython ? aroundSpans(probes, bracedCalls) : undefined;
  return around && { syntax: { type: "python", prefix: prefixOf(around.pre) }, around: withoutPrefix(around) };
};

/** `NAME{key:<quote>text<quote>}`, with a literal of its own around texts. */
export const recogniseBareKeys: Recognise = (probes) => {
  const quote = new RegExp(`${WORDS.name}\\{${WORDS.key}:(\\S{1,24}?)${WORDS.value}\\1\\}`).exec(probes.one)?.[1];
  const around = quote === undefined ? undefined : aroundSpans(probes, bracedCalls);
  if (quote === undefined || !around) return undefined;
  return { syntax: { type: "bare-keys", prefix: prefixOf(around.pre), quote }, around: withoutPrefix(around) };
};

/** Names of probes with the brackets behind them. */
function bracedCalls(text: string): { start: number; end: number }[] {
  return [WORDS.name, WORDS.otherName].flatMap((name) => {
    const start = text.indexOf(name);
    const end = start < 0 ? undefined : objectEnd(text, start + name.length);
    return end === undefined ? [] : [{ start, end }];
  });
}

/** A word before the name that belongs to the call. */
const prefixOf = (pre: string): string => /[\w:.]*$/.exec(pre)![0];

function withoutPrefix(around: Around): Around {
  const cut = (text: string) => text.slice(0, text.length - prefixOf(text).length);
  return { ...around, pre: cut(around.pre), mid: around.mid === undefined ? undefined : cut(around.mid) };
}
