import path from "node:path";

/** The line over shown lines that names them; `range` undefined: all of them. */
export function headerOf(
  name: string,
  lines: number,
  range?: { readonly first: number; readonly last: number },
): string {
  return range ? `${name} (lines ${range.first}-${range.last} of ${lines})` : `${name} (${lines} lines)`;
}

/** A text that a model wrote for a file, without the header it copied. */
export interface Unheaded {
  readonly text: string;
  /** `none`: there was no header; `part`: it named some lines only, so that others may be missing. */
  readonly header: "none" | "whole" | "part";
}

/** Takes a copied header off a text that follows it: small models write down what they were shown as they saw it. */
export function withoutHeader(text: string, file: string): Unheaded {
  const found = /^(.+) \((?:\d+ lines|(lines \d+-\d+ of \d+))\)\r?\n(?=\s*\S)/.exec(text);
  if (!found || path.posix.basename(found[1]!) !== path.posix.basename(file)) return { text, header: "none" };
  return { text: text.slice(found[0].length), header: found[2] === undefined ? "whole" : "part" };
}
