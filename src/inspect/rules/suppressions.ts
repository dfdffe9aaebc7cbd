import { HalterError } from "../../types/index.ts";
import type { Rule } from "./rule.ts";

const HINT =
  "one suppression a line, with its reason: `F06 our agent never sends text beside calls`; # begins a comment";

/**
 * Reads suppressions: lines of a rule's id and the reason why its findings do not matter here.
 * Throws `usage` for a line without a reason or with an id that no rule has.
 */
export function readSuppressions(text: string, rules: readonly Rule[], file: string): ReadonlyMap<string, string> {
  const suppressions = new Map<string, string>();
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/(^|\s)#.*$/, "").trim();
    if (line === "") continue;
    const [, id = "", reason = ""] = /^([^\s:]+)[\s:]*(.*)$/.exec(line) ?? [];
    const at = `${file}, line ${index + 1}`;
    if (!rules.some((rule) => rule.id === id))
      throw new HalterError("usage", `${at}: there is no rule ${id}`, { hint: HINT });
    if (reason === "") throw new HalterError("usage", `${at}: ${id} is suppressed without a reason`, { hint: HINT });
    suppressions.set(id, reason);
  }
  return suppressions;
}
