import path from "node:path";
import type { ToolContext } from "../types/index.ts";
import { escapeGlob, hiddenGlobs, ripgrep } from "./ripgrep.ts";

type World = Pick<ToolContext, "workspace" | "forbidden" | "signal">;

/** Files of the workspace, relative and in order; ignored files are left out. */
export async function listFiles(world: World, ...args: readonly string[]): Promise<string[]> {
  const { lines } = await ripgrep(["--files", ...args, ...hiddenGlobs(world, args.join(" "))], world);
  return lines.map(withoutDot);
}

/** Files that have the base name of a path that is not there. */
export async function sameName(given: string, world: World): Promise<string[]> {
  const name = path.basename(given.trim());
  return name === "" ? [] : listFiles(world, "--iglob", `**/${escapeGlob(name)}`);
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
