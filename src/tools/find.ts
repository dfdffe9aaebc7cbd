import path from "node:path";
import { listFiles, similar } from "./candidates.ts";
import { mistake, objectSchema, type ToolDefinition } from "./definition.ts";
import { capOutput } from "./output.ts";
import { resolvePlace } from "./paths.ts";
import { escapeGlob } from "./ripgrep.ts";

interface FindInput {
  readonly pattern: string;
  readonly path?: string;
}

/** Names files by glob; a pattern that is no glob by part of the path, else by likeness. */
export const find: ToolDefinition = {
  name: "find",
  readOnly: true,
  parameters: objectSchema({ pattern: { type: "string" }, path: { type: "string" } }, ["pattern"]),
  async run(input, context) {
    const wanted = input as unknown as FindInput;
    const place = await resolvePlace(wanted.path ?? ".", context);
    if (typeof place === "string") return mistake(place);
    if (place.kind !== "folder") return mistake(`"${wanted.path}" is no folder.`);
    const pattern = relativePattern(wanted.pattern, context.workspace);
    const isGlob = /[*?[{]/.test(pattern);
    const found = isGlob
      ? await listFiles(context, ...globArgument(pattern, place.relative), place.relative)
      : await byPart(pattern, await listFiles(context, place.relative));
    if (found.length === 0) return mistake(`No file matches "${wanted.pattern}".`);
    const list = capOutput(found.join("\n"), context.outputLimit, "use a narrower pattern or a path");
    return { ...list, isError: false };
  },
};

/** A pattern with `/` counts from the folder that is searched, as in a shell; one without counts in every folder. */
function globArgument(pattern: string, folder: string): string[] {
  const root = folder === "." ? "/" : `/${escapeGlob(folder)}/`;
  return ["--glob", pattern.includes("/") ? root + pattern : pattern];
}

function relativePattern(pattern: string, workspace: string): string {
  const trimmed = pattern.trim();
  const inside = trimmed.startsWith(`${workspace}${path.sep}`) ? trimmed.slice(workspace.length) : trimmed;
  return inside.replace(/^(?:\.?\/)+/, "").replace(/^!+/, "");
}

async function byPart(part: string, files: readonly string[]): Promise<string[]> {
  const lower = part.toLowerCase();
  const holding = files.filter((file) => file.toLowerCase().includes(lower));
  return holding.length > 0 ? holding : similar(part, files);
}
