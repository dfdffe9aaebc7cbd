import type { ParserSpec, SyntaxSpec } from "../types/index.ts";
import { isInlineCode } from "./calls/meant.ts";
import { anyLiteralAt, fenceAt, firstsOf, keyAt, literalAt, skipSpace } from "./look.ts";
import type { Head, Opening, Place, Setting, Syntax } from "./opening.ts";
import { syntaxOf } from "./syntaxes/index.ts";

type CallSpec = ParserSpec["calls"][number];

/** Literals that models put around a call without being told to. */
const TEXT_LAYERS: readonly CallSpec[] = [
  ...["tool_call", "tool_calls", "tools", "tool", "function_call", "function_calls", "function"].map(
    (tag): CallSpec => ({
      open: `<${tag}>`,
      close: `</${tag}>`,
      syntaxes: ["json", "function-xml", "arg-key"],
    }),
  ),
  { open: "[", close: "]", syntaxes: ["json"] },
];

const TOOL_CALL_TAG = TEXT_LAYERS[0]!;

/** A call in plain text without anything around it. */
const TEXT_SYNTAXES: readonly SyntaxSpec[] = ["json", "function-xml"];

/** How many layers may lie around a call, e.g. fence, tag, array. */
const LAYER_LIMIT = 4;

/** What lies around a call: which markers were seen, and which may still close. */
interface Layers {
  readonly native: boolean;
  /** One of the markers stands before calls only. */
  readonly marked: boolean;
  readonly fenced: boolean;
  readonly closers: readonly string[];
  /** Literals between the calls inside. */
  readonly separators: readonly string[];
  readonly syntaxes: readonly SyntaxSpec[];
}

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
  const known: readonly CallSpec[] = [...native, ...text].sort((a, b) => b.open.length - a.open.length);
  const closers = known.flatMap((call) => (call.close && call.close !== "]" ? [call.close] : []));
  const startSyntaxes = [...new Set([...bare, ...(spec.textCalls ? TEXT_SYNTAXES : [])])];
  const firstsOfSyntaxes = startSyntaxes.map((name) => syntaxOf(name).firsts).join("");
  const usual = native.length === 0 && spec.textCalls ? [TOOL_CALL_TAG] : native;
  const openers = [...new Set(usual.map((call) => call.open))].filter((literal) => literal.length > 1);
  const usualClosers = usual.flatMap((call) => call.close ?? []);

  const noLayers: Layers = {
    native: false,
    marked: false,
    fenced: false,
    closers: [],
    separators: bareSeparators,
    syntaxes: startSyntaxes,
  };
  const surroundings = new WeakMap<readonly string[], Pick<Setting, "around" | "closers">>();

  /** What begins and ends calls where these closers may come, made once for each. */
  function literalsAround(layerClosers: readonly string[]): Pick<Setting, "around" | "closers"> {
    const known = surroundings.get(layerClosers);
    if (known) return known;
    const ends = [...new Set([...usualClosers, ...layerClosers])].filter((literal) => literal.length > 1);
    const made = { around: [...openers, ...ends], closers: ends };
    surroundings.set(layerClosers, made);
    return made;
  }

  /** Tries the notations that may stand inside these layers. */
  function bodyAt(text: string, at: number, layers: Layers, place: Place): Head {
    for (const name of layers.syntaxes) {
      const syntax: Syntax = syntaxOf(name);
      if (!syntax.firsts.includes(text.charAt(at)) && syntax.firsts !== "") continue;
      const intro = place.intro();
      const isBare = layers.closers.length === 0 && !layers.fenced && !isInlineCode(intro);
      const isNative = layers.native || (isBare && bare.includes(name));
      const notation = isNative ? "native" : layers.fenced ? "fenced" : "bare";
      const setting: Setting = {
        notation,
        intro,
        tools: place.tools,
        fenced: layers.fenced,
        ...literalsAround(layers.closers),
        unmarked: isNative && !layers.marked,
        final: place.final,
      };
      const start = syntax.start(text, at, setting);
      if (start.type === "more") return start;
      if (start.type === "body") {
        return { type: "body", end: at, body: start.body, tail: tailOf(layers, syntax.closers), takesSpace: false };
      }
    }
    return { type: "none" };
  }

  /** What may follow a call directly: closers of its layers, stray closing braces, or up to then the next call inside them. */
  function tailOf(layers: Layers, ends: readonly string[] = [], isClosed = false): Opening {
    const literals = [...ends, ...closers, "</function>", ...layers.closers, ...layers.separators, "}"];
    if (layers.fenced || layers.closers.includes("]")) literals.push(",");
    const goesOn = !isClosed && (layers.closers.length > 0 || layers.fenced);
    const begins = goesOn ? layers.syntaxes.map((name) => syntaxOf(name).firsts) : [];
    const tail: Opening = {
      firsts: begins.includes("") ? "" : `${firstsOf(literals)}${begins.join("")}\``,
      read(text, at, place) {
        const found = anyLiteralAt(text, at, literals, place.final);
        if (found === "more") return { type: "more" };
        if (found !== undefined) {
          const closes = !isClosed && layers.closers.includes(found);
          return {
            type: "marker",
            end: at + found.length,
            takesSpace: true,
            ...(closes && { tail: tailOf(layers, ends, true) }),
          };
        }
        if (layers.fenced && text.charAt(at) === "`") {
          const fence = fenceAt(text, at, place.final);
          if (fence === "more") return { type: "more" };
          if (fence !== "no" && fence.info === "") return { type: "marker", end: at + 3, takesSpace: true };
          return { type: "none" };
        }
        return goesOn ? bodyAt(text, at, layers, place) : { type: "none" };
      },
    };
    return tail;
  }

  return {
    firsts: `${firstsOf(known.map((call) => call.open))}${spec.textCalls ? "`{[" : ""}${firstsOfSyntaxes}`,
    read(text, from, place) {
      let layers = noLayers;
      let at = from;
      for (let depth = 0; depth <= LAYER_LIMIT; depth++) {
        if (at >= text.length) return { type: "more" };
        if (depth < LAYER_LIMIT) {
          const layer = layerAt(text, at, layers, known, nativeOpens, spec.textCalls);
          if (layer === "more") return { type: "more" };
          if (layer) {
            layers = layer.layers;
            at = skipSpace(text, layer.end);
            continue;
          }
        }
        const head = bodyAt(text, at, layers, place);
        if (head.type !== "none") return head;
        break;
      }
      return at > from ? { type: "text", end: at } : { type: "none" };
    },
  };
}

function layerAt(
  text: string,
  at: number,
  layers: Layers,
  known: readonly CallSpec[],
  nativeOpens: ReadonlySet<string>,
  fences: boolean,
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
        fenced: layers.fenced || call.open.startsWith("```"),
        closers: call.close ? [...layers.closers, call.close] : layers.closers,
        separators: [...layers.separators, ...(call.separators ?? [])],
        syntaxes: layers.native && call.open === "[" ? layers.syntaxes : call.syntaxes,
      },
      end: at + call.open.length,
    };
  }
  if (fences && !layers.fenced && text.charAt(at) === "`") {
    const fence = fenceAt(text, at, false);
    if (fence === "more" || fence === "no") return fence === "more" ? "more" : undefined;
    return { layers: { ...layers, fenced: true }, end: fence.end };
  }
  if (fences && text.charAt(at) === "{") return callListAt(text, at, layers);
  return undefined;
}

/** `{"tool_calls": [`, as a layer around the calls in the list. */
function callListAt(text: string, at: number, layers: Layers): ReturnType<typeof layerAt> {
  const found = keyAt(text, at + 1);
  if (found === "more" || found?.key !== "tool_calls") return found === "more" ? "more" : undefined;
  const list = skipSpace(text, found.end);
  if (list >= text.length) return "more";
  if (text.charAt(list) !== "[") return undefined;
  return { layers: { ...layers, closers: [...layers.closers, "]"], syntaxes: ["json"] }, end: list + 1 };
}
