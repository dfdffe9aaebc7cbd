import type { SyntaxSpec } from "../../../types/index.ts";
import type { Around } from "../frame.ts";
import type { Probes } from "../probes.ts";

/** What a notation makes of the probes: its data, and what stands around the calls. */
export interface Recognised {
  readonly syntax: SyntaxSpec;
  readonly around: Around;
}

/** Recognises one notation; undefined where the probes are not written in it. */
export type Recognise = (probes: Probes) => Recognised | undefined;

/** What lies around calls that begin and end at these places. */
export function aroundSpans(
  probes: Probes,
  spansOf: (text: string) => readonly { readonly start: number; readonly end: number }[],
): Around | undefined {
  const [only] = spansOf(probes.one);
  if (!only) return undefined;
  const [first, second] = probes.two === undefined ? [] : spansOf(probes.two);
  return {
    pre: probes.one.slice(0, only.start),
    mid: first && second && probes.two!.slice(first.end, second.start),
    post: probes.one.slice(only.end),
  };
}
