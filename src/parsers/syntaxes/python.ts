import type { Repair, ToolSpec } from "../../types/index.ts";
import { bodyOf } from "../body.ts";
import { type Found, judgeCall } from "../calls/json-call.ts";
import { declaredTool } from "../calls/names.ts";
import { literalAt, nameEnd, skipSpace } from "../look.ts";
import type { Ending, Setting, Syntax, Verdict } from "../opening.ts";
import { type PythonArguments, readPythonArguments } from "../python/arguments.ts";
import { CallReader } from "../python/call-reader.ts";

/** A call as Python writes it: `NAME(key="text", other=[1, True])`, with literals of Python or of JSON. */
export function pythonSyntax({ prefix }: { readonly prefix: string }): Syntax {
  return {
    starts: prefix === "" ? [] : [prefix],
    start(text, at, setting) {
      const look = literalAt(text, at, prefix);
      if (look !== "yes") return { type: look === "more" ? "more" : "none" };
      const start = skipSpace(text, at + prefix.length);
      const end = nameEnd(text, start);
      const open = skipSpace(text, end);
      if (open >= text.length) return { type: "more" };
      if (!/[\p{L}_]/u.test(text.charAt(start)) || text.charAt(open) !== "(") return { type: "none" };
      const name = text.slice(start, end);
      const reader = new CallReader(setting.around);
      const body = bodyOf(reader, (inside, ending) => judgePython(name, inside, ending, setting));
      return { type: "body", end: open, body };
    },
  };
}

/** Judges what stands between the parentheses, with them; the last may be missing. */
function judgePython(name: string, text: string, ending: Ending, setting: Setting): Verdict {
  const inside = text.slice(1).trimEnd();
  const isClosed = ending === "closed" && inside.endsWith(")");
  const raw = isClosed ? inside.slice(0, -1) : inside;
  const read = readPythonArguments(raw);
  const found = read && withNames(read, declaredTool(name, setting.tools));
  const missing: Repair[] = isClosed ? [] : [{ name: "missing_closer", before: "", after: ")" }];
  const call: Found = found
    ? { name, arguments: found.json, repairs: [...found.repairs, ...missing], isDefinition: false }
    : { name, arguments: raw, repairs: [], isDefinition: false };
  return judgeCall(call, text, ending, setting);
}

/** One JSON object of the arguments: positional ones take the tool's parameters in order, or are all of it where it is one object. */
function withNames(
  { keywords, positional, repairs }: PythonArguments,
  tool: ToolSpec | undefined,
): { readonly json: string; readonly repairs: readonly Repair[] } | undefined {
  if (positional.length === 1 && keywords.size === 0 && positional[0]!.startsWith("{")) {
    return { json: positional[0]!, repairs };
  }
  const free = Object.keys(tool?.parameters.properties ?? {}).filter((key) => !keywords.has(key));
  if (positional.length > free.length) return undefined;
  const named = positional.map((value, index) => [free[index]!, value] as const);
  const json = [...named, ...keywords].map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(", ");
  return {
    json: `{${json}}`,
    repairs: [
      ...repairs,
      ...named.map(
        ([key, value]): Repair => ({ name: "positional_argument", before: value, after: `${key}=${value}` }),
      ),
    ],
  };
}
