import type { Repair, RepairName } from "../../types/index.ts";
import { Rewriter } from "./rewriter.ts";
import { UNCLOSED_TEXT } from "./strings.ts";
import { unwrap } from "./unwrap.ts";

/** JSON text that `JSON.parse` takes, and what had to be changed for it. */
export interface ReadJson {
  readonly json: string;
  readonly value: unknown;
  readonly repairs: readonly Repair[];
}

/**
 * Reads JSON as models write it. Valid JSON is never touched; else each repair is named, with the text before and after
 * and its place. Undefined when no repair makes it JSON. Never throws.
 */
export function readJson(text: string): ReadJson | undefined {
  const valid = readValid(text);
  if (valid) return valid;
  const unwrapped = unwrap(text);
  if (!unwrapped) return rewrite(text);
  const { name, inner } = unwrapped;
  const read = readValid(inner) ?? rewrite(inner);
  if (!read) return rewrite(text);
  const whole: Repair = { name, before: text, after: inner, span: { start: 0, end: text.length } };
  return { ...read, repairs: [whole, ...read.repairs.map(withoutSpan)] };
}

function readValid(text: string): ReadJson | undefined {
  const valid = parse(text);
  return valid && { json: text.trim(), value: valid.value, repairs: [] };
}

function rewrite(text: string): ReadJson | undefined {
  const rewriter = new Rewriter(text);
  if (!rewriter.document()) return undefined;
  const json = rewriter.json();
  const repaired = parse(json);
  return repaired && { json, value: repaired.value, repairs: rewriter.repairs };
}

/** False where repairs had to guess what was meant, so that raw text is not taken for JSON by its first character. */
export const isSureRead = (read: ReadJson): boolean => !read.repairs.some(({ name }) => GUESSED.has(name));

const GUESSED: ReadonlySet<RepairName> = new Set(["missing_closer", UNCLOSED_TEXT, "unquoted_value", "missing_value"]);

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Offsets in what was unwrapped say nothing of the whole text. */
const withoutSpan = ({ span: _, ...repair }: Repair): Repair => repair;
