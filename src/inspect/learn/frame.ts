import type { ParserSpec } from "../../types/index.ts";
import { commonEnd, commonStart, pieces } from "./edges.ts";

type CallSpec = ParserSpec["calls"][number];

/** What stands around calls, as the probes show it. */
export interface Around {
  /** Before the first call. */
  readonly pre: string;
  /** Between two calls; undefined where the template shows one at most. */
  readonly mid: string | undefined;
  /** Behind the last call. */
  readonly post: string;
}

/** Markers of calls: those of all calls together, and those of each. */
export interface Frame {
  readonly section: { readonly open: string; readonly close: string };
  readonly call: { readonly open: string; readonly close: string };
  readonly separator: string;
  /** The calls stand in a list with brackets. */
  readonly isList: boolean;
  /** More than one call was seen. */
  readonly isRepeated: boolean;
}

/** Tells the markers around each call from those around all: the ones that stand between two calls as well are of each. */
export function frameOf({ pre, mid, post }: Around): Frame {
  const isList = /\[\s*$/.test(pre) && /^\s*\]/.test(post) && (mid === undefined || mid.trim() === ",");
  const outer = {
    open: (isList ? pre.replace(/\[\s*$/, "") : pre).trim(),
    close: (isList ? post.replace(/^\s*\]/, "") : post).trim(),
  };
  const isRepeated = mid !== undefined;
  const nothing = { open: "", close: "" };
  if (isList) return { section: outer, call: nothing, separator: ",", isList, isRepeated };
  if (mid === undefined) return { section: nothing, call: outer, separator: "", isList, isRepeated };
  const open = commonEnd(pre, mid);
  const rest = mid.slice(0, mid.length - open.length);
  const close = commonStart(rest, post);
  return {
    section: { open: pre.slice(0, pre.length - open.length).trim(), close: post.slice(close.length).trim() },
    call: { open: open.trim(), close: close.trim() },
    separator: rest.slice(close.length).trim(),
    isList,
    isRepeated,
  };
}

/** What a frame comes to in a spec. */
export interface Framed {
  readonly calls: readonly CallSpec[];
  readonly markers: readonly string[];
  readonly headers: NonNullable<ParserSpec["headers"]>;
}

/** Layers for the parser around this notation. `varying`: words of the calls that stand in the markup before them, e.g. an id. */
export function specOfFrame(raw: Frame, syntaxes: CallSpec["syntaxes"], varying: readonly string[]): Framed {
  const frame = { ...raw, separator: varying.some((word) => raw.separator.includes(word)) ? "" : raw.separator };
  const { section, call, separator, isList, isRepeated } = frame;
  const separators = separator === "" || separator === "," ? {} : { separators: [separator] };
  const isVaried = varying.some((word) => section.open.includes(word));
  const list: readonly CallSpec[] = isList ? [layer("[", "]", syntaxes, { weak: true })] : [];
  if (isVaried) {
    const parts = pieces(section.open.split(varying.find((word) => section.open.includes(word))!)[0]!);
    const header = parts.at(-1);
    return {
      calls: [layer(call.open, call.close, syntaxes, separators)],
      markers: [...parts.slice(0, -1), section.close].filter(isMarkup),
      headers: header && isMarkup(header) ? [{ open: header, until: [pieces(call.open)[0] ?? call.open] }] : [],
    };
  }
  if (call.open === "" && section.open === "") {
    return {
      calls: [layer("", call.close, syntaxes, separators), ...list],
      markers: [section.close].filter(isMarkup),
      headers: [],
    };
  }
  // Calls that follow each other without anything between them have to be found each by itself.
  if (call.open === "" && call.close === "" && section.close === "" && isRepeated && !isList) {
    return {
      calls: [layer("", "", syntaxes, separators)],
      markers: pieces(section.open).filter(isMarkup),
      headers: [],
    };
  }
  if (section.open === "") {
    return {
      calls: [layer(call.open, call.close, syntaxes, separators)],
      markers: [section.close].filter(isMarkup),
      headers: [],
    };
  }
  if (call.open === "") {
    return {
      calls: [layer(section.open, section.close || call.close, syntaxes, separators)],
      markers: [],
      headers: [],
    };
  }
  return {
    calls: [layer(section.open, section.close, [], {}), layer(call.open, call.close, syntaxes, separators)],
    markers: [],
    headers: [],
  };
}

function layer(open: string, close: string, syntaxes: CallSpec["syntaxes"], more: Partial<CallSpec>): CallSpec {
  // A name before its arguments is looked for behind sure marks alone.
  const needsMark = syntaxes.some((syntax) => typeof syntax !== "string" && syntax.type === "named-json");
  const weak = open !== "" && !isMarkup(open) && !needsMark ? { weak: true } : {};
  return { open, ...(close !== "" && { close }), ...weak, ...more, syntaxes: [...syntaxes] };
}

/** Whether a literal can hardly be prose. */
export const isMarkup = (literal: string): boolean => /[<>[\]|]/.test(literal);

/** Whether a piece is a marker from its first character to its last. */
export const isMarker = (piece: string): boolean => /^(?:<\S[\s\S]*>|\[\S[\s\S]*\])$/.test(piece);
