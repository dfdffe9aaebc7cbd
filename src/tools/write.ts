import type { ToolContext } from "../types/index.ts";
import { sameName, suggestion } from "./candidates.ts";
import { saveText } from "./change.ts";
import { mistake, objectSchema, type ToolDefinition } from "./definition.ts";
import { resolvePlace } from "./paths.ts";
import { showLines } from "./read.ts";
import { syntaxWarning } from "./syntax-check.ts";
import { countLines, describeOpaque, loadText, withLineEnd, withoutCarriageReturns } from "./text-file.ts";

interface WriteInput {
  readonly path: string;
  readonly content: string;
}

/** Models copy this folder from format examples; nobody has it. */
const PLACEHOLDER = /^\/?path\/to\//;

/** Makes a file or replaces all of it. A file that the thread does not know is shown before it is replaced. */
export const write: ToolDefinition = {
  name: "write",
  readOnly: false,
  parameters: objectSchema({ path: { type: "string" }, content: { type: "string" } }, ["path", "content"]),
  async run(input, context) {
    const { path, content } = input as unknown as WriteInput;
    const place = await resolvePlace(path, context);
    if (typeof place === "string") return mistake(place);
    if (place.kind === "folder") return mistake(`${place.relative} is a folder. Give the path of a file.`);

    if (place.kind === "missing") {
      const namesakes = (await sameName(path, context)).filter((other) => other !== place.relative);
      if (PLACEHOLDER.test(path) && !(await isFolder("path/to", context))) {
        return mistake(`"path/to" is a placeholder. Give the real path.${suggestion(namesakes)}`);
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
    if (after === file.text) return { text: `${place.relative} has this content already; unchanged`, isError: false };
    const change = await saveText(place, { before: file.text, after, bom: file.bom }, context);
    if (typeof change === "string") return mistake(change);
    return {
      text: `replaced ${place.relative} (${countLines(after)} lines)${syntaxWarning(place.relative, file.text, after)}`,
      isError: false,
      changes: [change],
    };
  },
};

async function isFolder(path: string, context: ToolContext): Promise<boolean> {
  const place = await resolvePlace(path, context);
  return typeof place === "object" && place.kind === "folder";
}
