import type { ToolSpec } from "../../types/index.ts";

/** The same name whatever its case, its separators, a namespace before it or brackets after it. */
const plain = (name: string): string =>
  name
    .replace(/^(?:functions?|tools?)[.:/]/i, "")
    .replace(/\(\)$/, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

/** The tool that is declared under this name, exactly or up to case and separators. */
export function declaredTool(name: string, tools: readonly ToolSpec[]): ToolSpec | undefined {
  const exact = tools.find((tool) => tool.name === name);
  if (exact) return exact;
  const wanted = plain(name);
  return wanted === "" ? undefined : only(tools.filter((tool) => plain(tool.name) === wanted));
}

/** The declared tool, else the only one whose name is near: contained as a word, or at most two edits away. */
export function nearestTool(name: string, tools: readonly ToolSpec[]): ToolSpec | undefined {
  const declared = declaredTool(name, tools);
  if (declared || name.length > 64) return declared;
  const words = wordsOf(name);
  const contained = only(tools.filter((tool) => wordsOf(tool.name).every((word) => words.includes(word))));
  if (contained) return contained;
  const wanted = plain(name);
  return only(tools.filter((tool) => editDistance(wanted, plain(tool.name)) <= Math.min(2, wanted.length / 3)));
}

/** The words of a name, split at case and separators. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length]!;
}
