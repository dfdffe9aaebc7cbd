import type { ParserSpec, SyntaxSpec } from "../types/index.ts";
import { WRAPPER_KEYS } from "./calls/json-call.ts";
import { fenceAt, fenceLength, keyAt, literalAt, skipSpace } from "./look.ts";

export type CallSpec = ParserSpec["calls"][number];

/** What lies around a call: which markers were seen, and which may still close. */
export interface Layers {
  readonly native: boolean;
  /** One of the markers stands before calls only. */
  readonly marked: boolean;
  /** How many backticks open the code fence, and so at least close it; 0 outside of one. */
  readonly fence: number;
  readonly closers: readonly string[];
  /** Literals between the calls inside. */
  readonly separators: readonly string[];
  readonly syntaxes: readonly SyntaxSpec[];
}

/** Literals that models put around a call without being told to. */
export const TEXT_LAYERS: readonly CallSpec[] = [
  ...["tool_call", "tool_calls", "tools", "tool", "function_call", "function_calls", "function"].map(
    (tag): CallSpec => ({
      open: `<${tag}>`,
      close: `</${tag}>`,
      syntaxes: ["json", "function-xml", "arg-key"],
    }),
  ),
  { open: "[", close: "]", syntaxes: ["json"] },
];

/** What may lie around a call in a family. */
export interface KnownLayers {
  /** The family's own openers and those of plain text, longer ones first. */
  readonly known: readonly CallSpec[];
  readonly nativeOpens: ReadonlySet<string>;
  /** Calls are looked for in plain text too. */
  readonly inText: boolean;
}

/** The layer that begins at `at` inside of `layers`; undefined where none does. */
export function layerAt(
  text: string,
  at: number,
  layers: Layers,
  { known, nativeOpens, inText }: KnownLayers,
): "more" | { readonly layers: Layers; readonly end: number } | undefined {
  for (const call of known) {
    const look = literalAt(text, at, call.open);
    if (look === "more") return "more";
    if (look === "no") continue;
    const isNative = nativeOpens.has(call.open);
    return {
      layers: {
        native: layers.native || isNative,
        marked: layers.marked || (isNative && !call.weak),
        fence: layers.fence || fenceLength(call.open),
        closers: call.close ? [...layers.closers, call.close] : layers.closers,
        separators: [...layers.separators, ...(call.separators ?? [])],
        syntaxes: layers.native && call.open === "[" ? layers.syntaxes : call.syntaxes,
      },
      end: at + call.open.length,
    };
  }
  if (inText && layers.fence === 0 && text.charAt(at) === "`") {
    const fence = fenceAt(text, at, false);
    if (fence === "more" || fence === "no") return fence === "more" ? "more" : undefined;
    return { layers: { ...layers, fence: fence.length }, end: fence.end };
  }
  if (inText && text.charAt(at) === "{") return callListAt(text, at, layers);
  return undefined;
}

/** `{"tool_calls": [`, under whatever key models write it, as a layer around the calls in the list. */
function callListAt(text: string, at: number, layers: Layers): ReturnType<typeof layerAt> {
  const found = keyAt(text, at + 1);
  if (found === "more" || found === undefined) return found;
  if (!WRAPPER_KEYS.includes(found.key)) return undefined;
  const list = skipSpace(text, found.end);
  if (list >= text.length) return "more";
  if (text.charAt(list) !== "[") return undefined;
  return { layers: { ...layers, closers: [...layers.closers, "]"], syntaxes: ["json"] }, end: list + 1 };
}
