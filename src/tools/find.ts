import path from "node:path";
import type { ToolContext } from "../types/index.ts";
import { listFiles, meantGlob, similar } from "./candidates.ts";
import { mistake, objectSchema, type ToolDefinition } from "./definition.ts";
import { capOutput } from "./output.ts";
import { resolvePlace } from "./paths.ts";
import { escapeGlob } from "./ripgrep.ts";

interface FindInput {
  readonly pattern: string;
  readonly path?: string;
}

/** Names files by glob; by a pattern that is no glob, or matches none as one, those with it in their path, else those like it. */
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
    const folder = place.relative;
    const globbed = /[*?[{]/.test(pattern) ? await byGlob(pattern, folder, context) : [];
    const found = globbed.length > 0 ? globbed : await byPart(pattern, await listFiles(context, { folder }));
    if (found.length === 0) return mistake(`No file matches "${wanted.pattern}".`);
    const list = capOutput(found.join("\n"), context.outputLimit, "use a narrower pattern or a path");
    return { ...list, isError: false };
  },
};

/** A pattern with `/` counts from the folder that is searched, as in a shell; one without counts in every folder. */
async function byGlob(pattern: string, folder: string, context: ToolContext): Promise<string[]> {
  const root = folder === "." ? "/" : `/${escapeGlob(folder)}/`;
  const glob = await meantGlob(pattern.includes("/") ? root + pattern : pattern, context, folder);
  return listFiles(context, { glob, folder });
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
