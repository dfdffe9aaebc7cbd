import type { Span, ToolContext, ToolResult } from "../types/index.ts";
import { filesContaining, missingText, sameName } from "./candidates.ts";
import { saveText } from "./change.ts";
import { mistake, objectSchema, type ToolDefinition } from "./definition.ts";
import { withoutHeader } from "./header.ts";
import { findPlaces, type Match } from "./match.ts";
import { nearestRegion } from "./nearest.ts";
import { type Place, resolvePlace } from "./paths.ts";
import { showLines } from "./read.ts";
import { replacementFor } from "./replace.ts";
import { syntaxWarning } from "./syntax-check.ts";
import { describeOpaque, loadText, type TextFile, withLineEnd, withoutCarriageReturns } from "./text-file.ts";
import { write } from "./write.ts";

interface EditInput {
  readonly path: string;
  readonly old_text: string;
  readonly new_text: string;
}

/** A file of more characters is not shown whole when an edit fails; about 2,000 tokens. */
const LONG = 8000;

/** Replaces one piece of text, which must stand in the file once. */
export const edit: ToolDefinition = {
  name: "edit",
  readOnly: false,
  parameters: objectSchema({ path: { type: "string" }, old_text: { type: "string" }, new_text: { type: "string" } }, [
    "path",
    "old_text",
    "new_text",
  ]),
  async run(input, context) {
    const { path, old_text, new_text } = input as unknown as EditInput;
    const old = withoutCarriageReturns(old_text);
    let place = await resolvePlace(path, context);
    if (typeof place === "string") return mistake(place);
    if (place.kind === "folder") return mistake(`${place.relative} is a folder. Give the path of a file.`);
    if (place.kind === "missing") {
      if (old === "") return write.run({ path, content: new_text }, context);
      const other = await meantFile(path, old, context);
      if (!other) return mistake(await missingText(path, context));
      place = other;
    }

    const file = await loadText(place.absolute);
    if (file.type !== "text") return mistake(describeOpaque(place.relative, file));
    const text = withoutCarriageReturns(file.text);
    if (old === "") {
      if (text === "") return write.run({ path: place.relative, content: new_text }, context);
      return mistake("old_text is empty. Give the text to replace, or use write to replace the whole file.");
    }

    const fresh = withoutCarriageReturns(new_text);
    if (old_text === new_text) return sameTexts(place, text, context);
    for (const read of READINGS) {
      const meant = read(old, place.relative);
      const match = findPlaces(text, meant);
      const [span] = match.spans;
      if (match.spans.length > 1) return mistake(severalPlaces(place, text, match));
      if (!span) continue;
      return replaceAt(place, file, { ...match, span, old: meant, fresh: read(fresh, place.relative) }, context);
    }
    return notFound(place, file, old, context);
  },
};

/** How the texts of a call can be meant: as they are, or as small models spoil them, escaped once too often or under a copied header. */
const READINGS: readonly ((text: string, file: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/\\([nt"'\\])/g, (_, sign: string) => ESCAPES[sign] ?? sign),
  (text, file) => withoutHeader(text, file).text,
];

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

/** Text shorter than this, in characters, is too common to tell a file by. */
const TELLING = 12;

interface Replacement {
  readonly span: Span;
  readonly type: Match["type"];
  readonly old: string;
  readonly fresh: string;
}

async function replaceAt(
  place: Place,
  file: TextFile,
  { span, type, old, fresh }: Replacement,
  context: ToolContext,
): Promise<ToolResult> {
  const text = withoutCarriageReturns(file.text);
  const inserted = await replacementFor(text, span, type, old, fresh);
  // Outside the place every byte stays, so the new text goes into the file's own text, mixed line ends or not.
  const before = file.text.slice(0, originalOffset(file.text, span.start));
  const behind = file.text.slice(originalOffset(file.text, span.end));
  // Models leave out the newline after the last line; one that the file had stays.
  const losesEnd = behind === "" && file.text.endsWith("\n") && inserted !== "" && !inserted.endsWith("\n");
  const after = before + withLineEnd(losesEnd ? `${inserted}\n` : inserted, file.lineEnd) + behind;
  if (after === file.text)
    return mistake("The new text differs from the file in white space only; nothing was changed.");
  const note = changedNote(context.seen.get(place.absolute), file);
  const change = await saveText(place, { before: file.text, after, bom: file.bom }, context);
  if (typeof change === "string") return mistake(change);
  const firstLine = lineAt(text, span.start);
  const lastLine = firstLine + inserted.replace(/\n$/, "").split("\n").length - 1;
  const warning = syntaxWarning(place.relative, file.text, after);
  const done = `edited ${place.relative} (${lineNames(firstLine, lastLine)})${note && `.${note}`}`;
  if (type === "exact") return { text: done + warning, isError: false, changes: [change] };
  const shown = withoutCarriageReturns(after)
    .split("\n")
    .slice(firstLine - 1, lastLine)
    .join("\n");
  return {
    text: `${done}; old_text differed in white space. It is now:\n${shown}${warning}`,
    isError: false,
    changes: [change],
  };
}

/** The offset in a text with `\r\n` of an offset in the same text without the `\r`. */
function originalOffset(original: string, offset: number): number {
  if (!original.includes("\r\n")) return offset;
  let at = 0;
  for (let left = offset; left > 0; left -= 1) at += original.startsWith("\r\n", at) ? 2 : 1;
  return at;
}

/** The one file with the base name of `path`, else the one that holds `old`, if it stands there exactly once. */
async function meantFile(path: string, old: string, context: ToolContext): Promise<Place | undefined> {
  const named = await sameName(path, context);
  const known = named.length > 0 || old.trim().length < TELLING ? named : await filesContaining(old, context);
  const [only, ...others] = known;
  if (only === undefined || others.length > 0) return undefined;
  const place = await resolvePlace(only, context);
  if (typeof place === "string" || place.kind !== "file") return undefined;
  const file = await loadText(place.absolute);
  if (file.type !== "text") return undefined;
  const match = findPlaces(withoutCarriageReturns(file.text), old);
  return match.type === "exact" && match.spans.length === 1 ? place : undefined;
}

/** A model that repeats what stands there has lost sight of the file: a short one is shown again. */
function sameTexts(place: Place, text: string, context: ToolContext): ToolResult {
  const problem = "old_text and new_text are the same; nothing was changed. new_text must be the corrected text.";
  if (text.length > LONG) return mistake(problem);
  return mistake(`${problem} Its text is:\n${showLines(place.relative, text, {}, context.outputLimit).text}`);
}

/** Of a file the thread does not know as it is now the text is shown, of a known or long one the nearest lines. */
function notFound(place: Place, file: TextFile, old: string, context: ToolContext): ToolResult {
  const text = withoutCarriageReturns(file.text);
  const known = context.seen.get(place.absolute);
  const problem = `old_text is not in ${place.relative}.${changedNote(known, file)}`;
  const near = nearestRegion(text, old);
  if (known === file.hash || text.length > LONG) {
    if (near) return mistake(`${problem} The nearest is ${lineNames(near.firstLine, near.lastLine)}:\n${near.text}`);
    return mistake(`${problem} Read the file and copy the text from it.`);
  }
  context.seen.set(place.absolute, file.hash);
  return mistake(`${problem} Its text is:\n${showLines(place.relative, text, {}, context.outputLimit).text}`);
}

function changedNote(known: string | undefined, file: TextFile): string {
  return known === undefined || known === file.hash ? "" : " The file has changed since you saw it.";
}

function severalPlaces(place: Place, text: string, { spans }: Match): string {
  const lines = text.split("\n");
  const shown = spans.slice(0, 5).map(({ start }) => {
    const line = lineAt(text, start);
    return `${line}: ${lines[line - 1]!.slice(0, 200)}`;
  });
  return `old_text is in ${place.relative} ${spans.length} times. Add lines around it to name one place:\n${shown.join("\n")}`;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function lineNames(first: number, last: number): string {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}
