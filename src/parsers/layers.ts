import type { ParserSpec, SyntaxSpec } from "../types/index.ts";
import { type KnownLayers, type Layers, layerAt, TEXT_LAYERS } from "./layer.ts";
import { anyLiteralAt, fenceAt, skipSpace } from "./look.ts";
import type { Head, Opening, Place, Setting } from "./opening.ts";
import { syntaxOf } from "./syntaxes/index.ts";

const TOOL_CALL_TAG = TEXT_LAYERS[0]!;

/** A call in plain text without anything around it. */
const TEXT_SYNTAXES: readonly SyntaxSpec[] = ["json", "function-xml"];

/** How many layers may lie around a call, e.g. fence, tag, array. */
const LAYER_LIMIT = 4;

/**
 * Openings of calls: layers around them (code fence, markers, array) in any order, then a notation chosen by what
 * follows. Native where one of the family's own markers is among the layers, else a text call.
 */
export function callOpening(spec: ParserSpec): Opening {
  const native = spec.calls.filter((call) => call.open !== "");
  const bare = spec.calls.filter((call) => call.open === "").flatMap((call) => call.syntaxes);
  const bareSeparators = spec.calls.flatMap((call) => (call.open === "" ? (call.separators ?? []) : []));
  const nativeOpens = new Set(native.map((call) => call.open));
  const text = spec.textCalls ? TEXT_LAYERS.filter((call) => !nativeOpens.has(call.open)) : [];
  const known = [...native, ...text].sort((a, b) => b.open.length - a.open.length);
  const knownLayers: KnownLayers = { known, nativeOpens, inText: spec.textCalls };
  const closers = known.flatMap((call) => (call.close && call.close !== "]" ? [call.close] : []));
  const startSyntaxes = [...new Set([...bare, ...(spec.textCalls ? TEXT_SYNTAXES : [])])];
  const usual = native.length === 0 && spec.textCalls ? [TOOL_CALL_TAG] : native;
  const openers = [...new Set(usual.map((call) => call.open))].filter((literal) => literal.length > 1);
  const { thinking, channels, markers } = spec;
  const breaks = [nativeOpens, thinking?.open, thinking?.close, channels?.open, channels?.end, markers]
    .flatMap((literals) => [...(literals ?? [])])
    .filter((literal) => literal.length > 1);
  const usualClosers = usual.flatMap((call) => call.close ?? []);

  const noLayers: Layers = {
    native: false,
    marked: false,
    fence: 0,
    closers: [],
    separators: bareSeparators,
    syntaxes: startSyntaxes,
  };
  const surroundings = new WeakMap<readonly string[], Pick<Setting, "around" | "closers">>();

  /** What begins and ends calls where these closers may come, made once for each. */
  function literalsAround(layerClosers: readonly string[]): Pick<Setting, "around" | "closers"> {
    const made = surroundings.get(layerClosers);
    if (made) return made;
    const ends = [...new Set([...usualClosers, ...layerClosers])].filter((literal) => literal.length > 1);
    const around = { around: [...openers, ...ends], closers: ends };
    surroundings.set(layerClosers, around);
    return around;
  }

  /** Tries the notations that may stand inside these layers. */
  function bodyAt(text: string, at: number, layers: Layers, place: Place): Head {
    const first = text.charAt(at);
    for (const name of layers.syntaxes) {
      const syntax = syntaxOf(name);
      if (syntax.starts.length > 0 && !syntax.starts.some((literal) => literal.startsWith(first))) continue;
      const isBare = layers.closers.length === 0 && layers.fence === 0 && !place.intro.endsInCode();
      const isNative = layers.native || (isBare && bare.includes(name));
      const notation = isNative ? "native" : layers.fence > 0 ? "fenced" : "bare";
      const setting: Setting = {
        notation,
        intro: place.intro,
        tools: place.tools,
        fence: layers.fence,
        ...literalsAround(layers.closers),
        breaks,
        unmarked: isNative && !layers.marked,
        final: place.final,
      };
      const start = syntax.start(text, at, setting);
      if (start.type === "more") return start;
      if (start.type === "body") {
        return { ...start, tail: tailOf(layers, syntax.closers), takesSpace: false };
      }
    }
    return { type: "none" };
  }

  /** What may follow a call directly: closers of its layers, stray closing braces, or up to then the next call inside them. */
  function tailOf(layers: Layers, ends: readonly string[] = [], isClosed = false, isOver = false): Opening {
    const literals = [...ends, ...closers, "</function>", ...layers.closers, ...layers.separators];
    if (!isOver) literals.push("}");
    if (!isOver && (layers.fence > 0 || layers.closers.includes("]"))) literals.push(",");
    const goesOn = !isClosed && (layers.closers.length > 0 || layers.fence > 0);
    return {
      starts: [],
      read(text, at, place) {
        const found = anyLiteralAt(text, at, literals, place.final);
        if (found === "more") return { type: "more" };
        if (found !== undefined) {
          const depth = layers.closers.lastIndexOf(found);
          const outer = { ...layers, closers: layers.closers.slice(0, depth) };
          return {
            type: "marker",
            end: at + found.length,
            takesSpace: true,
            // Behind a marker of its own no bracket belongs to the call any more.
            ...(depth >= 0 && { tail: tailOf(outer, ends, true, isOver || found.length > 1) }),
          };
        }
        if (layers.fence > 0 && text.charAt(at) === "`") {
          const fence = fenceAt(text, at, place.final);
          if (fence === "more") return { type: "more" };
          if (fence === "no" || fence.info !== "" || fence.length < layers.fence) return { type: "none" };
          return { type: "marker", end: at + fence.length, takesSpace: true };
        }
        return goesOn ? bodyAt(text, at, layers, place) : { type: "none" };
      },
    };
  }

  return {
    starts: [
      ...known.map((call) => call.open),
      ...(spec.textCalls ? ["```", "{", "["] : []),
      ...startSyntaxes.flatMap((name) => syntaxOf(name).starts),
    ],
    read(text, from, place) {
      let layers = noLayers;
      let at = from;
      let firstEnd = from;
      for (let depth = 0; depth <= LAYER_LIMIT; depth++) {
        if (at >= text.length) return undecided(from, firstEnd, layers, place);
        if (depth < LAYER_LIMIT) {
          const layer = layerAt(text, at, layers, knownLayers);
          if (layer === "more") return undecided(from, firstEnd, layers, place);
          if (layer) {
            layers = layer.layers;
            if (depth === 0) firstEnd = layer.end;
            at = skipSpace(text, layer.end);
            continue;
          }
        }
        const head = bodyAt(text, at, layers, place);
        if (head.type === "more") return undecided(from, firstEnd, layers, place);
        if (head.type !== "none") return head;
        break;
      }
      // What the family has as markup without a call too is left to that.
      const marker = anyLiteralAt(text, from, spec.markers, place.final);
      if (marker !== undefined) return { type: marker === "more" ? "more" : "none" };
      return noCall(from, firstEnd, layers, place);
    },
  };
}

/** Marks behind which a literal is talked about. */
const QUOTED = /["'`“‘«(]$/;

/** Layers with nothing of a call in them: the first, from `from` to `end`, is text, and what follows is looked at again. */
function noCall(from: number, end: number, layers: Layers, place: Place): Head {
  if (end === from) return { type: "none" };
  return { type: "text", end, endsReasoning: layers.marked && !QUOTED.test(place.intro.text()) };
}

/** What lies behind the layers has not come yet, or never will. */
const undecided = (from: number, end: number, layers: Layers, place: Place): Head =>
  place.final && end > from ? noCall(from, end, layers, place) : { type: "more" };
