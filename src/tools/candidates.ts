import path from "node:path";
import type { ToolContext } from "../types/index.ts";
import { escapeGlob, hiddenGlobs, ripgrep } from "./ripgrep.ts";

type World = Pick<ToolContext, "workspace" | "forbidden" | "signal">;

/** Which files to list: those a glob matches, upper and lower case alike for `anyCase`, and those in a folder of the workspace. */
interface Wanted {
  readonly glob?: string;
  readonly anyCase?: boolean;
  readonly folder?: string;
}

/** Files of the workspace, relative to it and in order; ignored files are left out. */
export async function listFiles(world: World, { glob, anyCase, folder = "." }: Wanted = {}): Promise<string[]> {
  const only = glob === undefined ? [] : [anyCase ? "--iglob" : "--glob", glob];
  const hidden = hiddenGlobs(world, `${glob} ${folder}`);
  const { lines } = await ripgrep(["--files", ...only, ...hidden, "--", folder], world);
  return lines.map(withoutDot);
}

/** `glob`, or where files have brackets in their names, as in `app/[id]/page.tsx`, the glob that takes its brackets as they are. */
export async function meantGlob(glob: string, world: World, folder = "."): Promise<string> {
  const literal = glob.replace(/(?<!\\)[[\]]/g, "\\$&");
  if (literal === glob) return glob;
  const named = await listFiles(world, { glob: literal.replace(/^!/, ""), folder });
  return named.length > 0 ? literal : glob;
}

/** Files that have the base name of a path that is not there. */
export async function sameName(given: string, world: World): Promise<string[]> {
  const name = path.basename(given.trim());
  return name === "" ? [] : listFiles(world, { glob: `**/${escapeGlob(name)}`, anyCase: true });
}

/** Files in which `text` stands as it is. */
export async function filesContaining(text: string, world: World): Promise<string[]> {
  const how = ["--files-with-matches", "--fixed-strings", "--multiline", `--regexp=${text}`];
  return (await ripgrep([...how, ...hiddenGlobs(world), "--", "."], world)).lines.map(withoutDot);
}

/** The answer to a path that is not there, with the files that may have been meant. */
export async function missingText(given: string, world: World): Promise<string> {
  const named = await sameName(given, world);
  const meant = named.length > 0 ? named : await similar(path.basename(given), await listFiles(world));
  return `There is no file "${given}".${suggestion(meant)}`;
}

/** A question after files that may have been meant; empty when there are none. */
export function suggestion(files: readonly string[]): string {
  return files.length > 0 ? ` Did you mean: ${files.slice(0, 5).join(", ")}?` : "";
}

function withoutDot(file: string): string {
  return file.replace(/^\.\//, "");
}

/** The files whose path is most like `wanted`, best first. */
export async function similar(wanted: string, files: readonly string[]): Promise<string[]> {
  const { default: fuzzysort } = await import("fuzzysort");
  return fuzzysort.go(wanted, files, { limit: 10, threshold: 0.3 }).map((result) => result.target);
}
