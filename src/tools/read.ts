import { readdir } from "node:fs/promises";
import path from "node:path";
import type { ToolContext, ToolResult } from "../types/index.ts";
import { missingText, sameName } from "./candidates.ts";
import { mistake, objectSchema, type ToolDefinition } from "./definition.ts";
import { headerOf } from "./header.ts";
import { capOutput } from "./output.ts";
import { isInside, type Place, resolvePlace } from "./paths.ts";
import { countLines, describeOpaque, loadText, withoutCarriageReturns } from "./text-file.ts";

interface ReadInput {
  readonly path: string;
  readonly start_line?: number;
  readonly end_line?: number;
}

/** A file this short is shown whole, whatever lines are asked for: small models ask for the first one and then see no more (lines). */
const SHORT_FILE = 20;

/** Shows a file, a range of its lines, or what is in a folder. */
export const read: ToolDefinition = {
  name: "read",
  readOnly: true,
  parameters: objectSchema(
    { path: { type: "string" }, start_line: { type: "integer" }, end_line: { type: "integer" } },
    ["path"],
  ),
  async run(input, context) {
    const wanted = input as unknown as ReadInput;
    const place = await resolvePlace(wanted.path, context);
    if (typeof place === "string") return mistake(place);
    if (place.kind === "folder") return listFolder(place, context);
    if (place.kind === "file") return showFile(place, wanted, context);
    const [only, ...others] = await sameName(wanted.path, context);
    const other = only !== undefined && others.length === 0 ? await resolvePlace(only, context) : undefined;
    if (typeof other !== "object") return mistake(await missingText(wanted.path, context));
    const shown = await showFile(other, wanted, context);
    return { ...shown, text: `There is no "${wanted.path}"; the file is ${other.relative}.\n${shown.text}` };
  },
};

async function showFile(place: Place, wanted: ReadInput, context: ToolContext): Promise<ToolResult> {
  const file = await loadText(place.absolute);
  if (file.type !== "text") return { text: describeOpaque(place.relative, file), isError: file.type !== "binary" };
  context.seen.set(place.absolute, file.hash);
  const text = withoutCarriageReturns(file.text);
  const range = countLines(text) <= SHORT_FILE ? {} : wanted;
  return showLines(place.relative, text, range, context.outputLimit);
}

/** Lines of a text under a header that names them. What does not fit is left for a next call. */
export function showLines(
  name: string,
  text: string,
  range: { readonly start_line?: number; readonly end_line?: number },
  limit: number,
): ToolResult {
  const lines = text.replace(/\n$/, "").split("\n");
  if (text === "") return { text: `${name} is empty`, isError: false };
  const start = Math.max(1, range.start_line ?? 1);
  const end = Math.min(
    lines.length,
    range.end_line && range.end_line > 0 ? Math.max(start, range.end_line) : lines.length,
  );
  if (start > lines.length) return mistake(`${name} has only ${lines.length} lines.`);
  const wanted = lines.slice(start - 1, end);
  const fits = fitting(wanted, limit);
  // A line that has no room by itself is cut, so that a next call can go on behind it.
  const shown = fits.length > 0 ? fits : [capOutput(wanted[0]!, limit, "use grep for a part of this line").text];
  const last = start + shown.length - 1;
  const whole = start === 1 && last === lines.length;
  const header = headerOf(name, lines.length, whole ? undefined : { first: start, last });
  const rest = last < end ? `\n[go on with start_line ${last + 1}]` : "";
  const cut = rest !== "" || fits.length === 0;
  return {
    text: `${header}\n${shown.join("\n")}${rest}`,
    isError: false,
    ...(cut && { fullText: wanted.join("\n") }),
  };
}

/** The first lines that have room in `limit` characters. */
function fitting(lines: readonly string[], limit: number): readonly string[] {
  let room = limit;
  const count = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return count === -1 ? lines : lines.slice(0, count);
}

async function listFolder(place: Place, context: ToolContext): Promise<ToolResult> {
  const found = await readdir(place.absolute, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    const detail = found.code ?? found.message;
    return mistake(describeOpaque(place.relative, { type: "unreadable", detail }));
  }
  const entries = found
    .filter((entry) => entry.name !== ".git")
    .filter((entry) => !context.forbidden.some((folder) => isInside(folder, path.join(place.absolute, entry.name))))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort();
  const list = capOutput(entries.join("\n"), context.outputLimit, "use find with a pattern");
  return { ...list, text: `${place.relative}/ (${entries.length} entries)\n${list.text}`, isError: false };
}
