import type { SyntaxData } from "../../types/index.ts";
import { bodyOf } from "../body.ts";
import { judgeArguments } from "../calls/json-call.ts";
import { ObjectReader } from "../json/object-reader.ts";
import { anyLiteralAt, fenceLength, literalAt, nameEnd, skipSpace } from "../look.ts";
import type { Body, Ending, Setting, Start, Syntax, Verdict } from "../opening.ts";

/** How many literals may stand between a name and its arguments. */
const SEPARATOR_LIMIT = 4;

/**
 * The tool's name as a word, then its arguments as a JSON object, with literals around the name: `NAME[ARGS]{…}`,
 * `functions.NAME:0<sep>{…}`, a name and a code fence. Only behind a marker; a name alone, up to the marker that ends the
 * call, is a call without arguments.
 */
export function namedJsonSyntax({
  prefixes = [],
  id,
  wholeId = false,
  separators = [],
  closers = [],
}: SyntaxData<"named-json">): Syntax {
  return {
    starts: [],
    closers,
    start(text, at, setting): Start {
      if (setting.notation !== "native" || setting.unmarked) return { type: "none" };
      const prefix = anyLiteralAt(text, at, prefixes);
      if (prefix === "more") return { type: "more" };
      const from = at + (prefix?.length ?? 0);
      const word = nameEnd(text, from);
      const end = id === undefined ? word : idEnd(text, word, id);
      if (end === "more" && !setting.final) return { type: "more" };
      const name = withoutId(text.slice(from, word), id);
      const to = end === "more" ? text.length : end;
      const written = wholeId ? text.slice(at, word) : text.slice(word + (id?.length ?? 0), to);
      return argumentsAt(text, to, { name, ...(hasId(text.slice(from, to), id) && { id: written }) }, setting);
    },
  };

  /** Skips separators and looks what the arguments begin with. */
  function argumentsAt(text: string, from: number, call: Called, setting: Setting): Start {
    const { name } = call;
    const judge: Body["judge"] = (raw, ending) => judgeNamed(call, raw.trim(), ending, setting);
    let end = from;
    let fence = setting.fence;
    for (let count = 0; count <= SEPARATOR_LIMIT; count++) {
      const at = skipSpace(text, end);
      if (at >= text.length) {
        return setting.final && name !== ""
          ? { type: "body", end: at, body: bodyOf(NOTHING, judge) }
          : { type: "more" };
      }
      if (text.charAt(at) === "{") {
        if (name === "" && count === 0) return { type: "none" };
        const reader = new ObjectReader(fence, [...setting.around, ...closers]);
        return { type: "body", end: at, body: bodyOf(reader, judge) };
      }
      const found = anyLiteralAt(text, at, [...separators, ...setting.around]);
      if (found === undefined || found === "more") return { type: found ?? "none" };
      if (!separators.includes(found)) {
        if (name === "") return { type: "none" };
        return { type: "body", end, body: bodyOf(NOTHING, judge) };
      }
      fence ||= fenceLength(found);
      end = at + found.length;
    }
    return { type: "none" };
  }
}

/** How a call names itself. */
interface Called {
  readonly name: string;
  readonly id?: string;
}

/** Reads the arguments of a call that has none. */
const NOTHING: Pick<Body, "read"> = { read: (_text, from) => ({ at: from, done: true }) };

function judgeNamed({ name, id }: Called, raw: string, ending: Ending, setting: Setting): Verdict {
  const known = /^\d+$/.test(name) ? "" : name;
  const verdict = judgeArguments(known, raw, ending, setting);
  return verdict.type === "call" && id !== undefined ? { ...verdict, id } : verdict;
}

/** Whether an id stands behind the name. */
const hasId = (word: string, id: string | undefined): boolean => id !== undefined && word.lastIndexOf(id) > 0;

/** The end of an id that stands behind the name as a word of its own. */
function idEnd(text: string, at: number, id: string): number | "more" {
  const look = literalAt(text, at, id);
  if (look === "more") return "more";
  if (look === "no") return at;
  const end = nameEnd(text, at + id.length);
  return end === text.length ? "more" : end;
}

/** The name without the id behind it; a number alone is an id without a name. */
function withoutId(word: string, id: string | undefined): string {
  const at = id === undefined ? -1 : word.lastIndexOf(id);
  return at > 0 ? word.slice(0, at) : word;
}
