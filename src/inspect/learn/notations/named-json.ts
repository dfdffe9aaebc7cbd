import type { SyntaxSpec } from "../../../types/index.ts";
import { commonEnd, commonStart } from "../edges.ts";
import type { Around } from "../frame.ts";
import { WORDS } from "../words.ts";
import { objectsIn } from "./json-objects.ts";
import { aroundSpans, type Recognise } from "./notation.ts";

/** The tool's name outside of its arguments, which are a JSON object. */
export const recogniseNamedJson: Recognise = (probes) => {
  const [call] = callsIn(probes.one);
  const around = aroundSpans(probes, callsIn);
  if (!call || !around) return undefined;
  const others = [...callsIn(probes.otherId ?? ""), ...callsIn(probes.two ?? "")].map((other) => other.gap);
  const other = others.find((gap) => gap !== call.gap);
  const id = other === undefined ? "" : commonStart(call.gap, other).trim();
  const separator = (other === undefined ? call.gap : commonEnd(call.gap, other)).trim();
  const closer = /^\s*(```)/.exec(around.post)?.[1];
  const prefix = /[\w.]+$/.exec(around.pre.trimEnd())?.[0];
  const syntax: SyntaxSpec = {
    type: "named-json",
    ...(prefix && /[<>[\]|]\s*$/.test(around.pre.slice(0, -prefix.length)) && { prefixes: [prefix] }),
    ...(id !== "" && { id }),
    ...(separator !== "" && { separators: [separator] }),
    ...(closer && { closers: [closer] }),
  };
  const closed = closer ? withoutCloser(around, closer) : around;
  return { syntax, around: syntax.prefixes ? withoutPrefix(closed, prefix!) : closed };
};

interface NamedCall {
  readonly start: number;
  readonly end: number;
  /** What stands between name and arguments. */
  readonly gap: string;
}

/** Objects with a probe's argument, each from the name before it. */
function callsIn(text: string): NamedCall[] {
  let from = 0;
  return objectsIn(text).flatMap(({ start, end, value }) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, WORDS.key)) return [];
    const names = [WORDS.name, WORDS.otherName].map((name) => ({ name, at: text.lastIndexOf(name, start) }));
    const { name, at } = names.sort((a, b) => b.at - a.at)[0]!;
    if (at < from) return [];
    from = end;
    return [{ start: at, end, gap: text.slice(at + name.length, start) }];
  });
}

function withoutCloser(around: Around, closer: string): Around {
  const cut = (text: string) => text.slice(text.indexOf(closer) + closer.length);
  return { ...around, mid: around.mid === undefined ? undefined : cut(around.mid), post: cut(around.post) };
}

function withoutPrefix(around: Around, prefix: string): Around {
  const cut = (text: string) => text.slice(0, text.lastIndexOf(prefix));
  return { ...around, pre: cut(around.pre), mid: around.mid === undefined ? undefined : cut(around.mid) };
}
