import type { ToolContext } from "../types/index.ts";
import { sameName, suggestion } from "./candidates.ts";
import { saveText } from "./change.ts";
import { mistake, objectSchema, type ToolDefinition } from "./definition.ts";
import { withoutHeader } from "./header.ts";
import { type Place, resolvePlace } from "./paths.ts";
import { showLines } from "./read.ts";
import { syntaxWarning } from "./syntax-check.ts";
import { countLines, describeOpaque, loadText, sha256, withLineEnd, withoutCarriageReturns } from "./text-file.ts";

interface WriteInput {
  readonly path: string;
  readonly content: string;
}

/**
 * Makes a file or replaces all of it. A file that the thread does not know is shown before it is replaced. Where no
 * folder of the path is there and a file of that name is elsewhere, that one may be meant: asked once.
 */
export const write: ToolDefinition = {
  name: "write",
  readOnly: false,
  parameters: objectSchema({ path: { type: "string" }, content: { type: "string" } }, ["path", "content"]),
  async run(input, context) {
    const { path, content: written } = input as unknown as WriteInput;
    const place = await resolvePlace(path, context);
    if (typeof place === "string") return mistake(place);
    if (place.kind === "folder") return mistake(`${place.relative} is a folder. Give the path of a file.`);
    const { text: content, header } = withoutHeader(written, place.relative);
    if (header === "part") {
      const why = "That is some of its lines, as they were read. Nothing was written";
      return mistake(`${why}: give the whole text, or use edit.`);
    }

    if (place.kind === "missing") {
      const namesakes = (await sameName(path, context)).filter((other) => other !== place.relative);
      const folder = namesakes.length > 0 ? await missingTop(place, context) : undefined;
      if (folder !== undefined && !context.seen.has(place.absolute)) {
        context.seen.set(place.absolute, NOTHING);
        const question = `There is no folder "${folder}".${suggestion(namesakes)}`;
        return mistake(`${question} Nothing was written; call write again to make ${place.relative}.`);
      }
      const change = await saveText(place, { before: undefined, after: content, bom: false }, context);
      if (typeof change === "string") return mistake(change);
      const note = namesakes.length > 0 ? `; there is also ${namesakes.slice(0, 3).join(", ")}` : "";
      const text = `created ${place.relative} (${countLines(content)} lines)${note}${syntaxWarning(place.relative, undefined, content)}`;
      return { text, isError: false, changes: [change] };
    }

    const file = await loadText(place.absolute);
    if (file.type !== "text") return mistake(`${describeOpaque(place.relative, file)} It was not replaced.`);
    const seen = context.seen.get(place.absolute);
    if (seen !== file.hash && file.text !== "") {
      context.seen.set(place.absolute, file.hash);
      const why = seen === undefined ? "already exists" : "has changed since you saw it";
      const shown = showLines(place.relative, withoutCarriageReturns(file.text), {}, context.outputLimit);
      return {
        ...shown,
        text: `${place.relative} ${why}. Nothing was written; call write again to replace it.\n${shown.text}`,
        isError: true,
      };
    }
    const ended = file.text.endsWith("\n") && content !== "" && !content.endsWith("\n") ? `${content}\n` : content;
    const after = withLineEnd(ended, file.lineEnd);
    if (after === file.text)
      return { text: `nothing was changed: ${place.relative} has exactly this text already`, isError: false };
    const change = await saveText(place, { before: file.text, after, bom: file.bom }, context);
    if (typeof change === "string") return mistake(change);
    return {
      text: `replaced ${place.relative} (${countLines(after)} lines)${syntaxWarning(place.relative, file.text, after)}`,
      isError: false,
      changes: [change],
    };
  },
};

/** What the thread saw of a file that is not there. */
const NOTHING = sha256(new Uint8Array());

/** The uppermost folder of a place when there is none of that name, so that no folder of the path is there. */
async function missingTop(place: Place, context: ToolContext): Promise<string | undefined> {
  const [top, ...below] = place.relative.split("/");
  if (top === undefined || below.length === 0) return undefined;
  const found = await resolvePlace(top, context);
  return typeof found === "object" && found.kind === "missing" ? top : undefined;
}
