import path from "node:path";
import { HalterError, type ToolContext } from "../types/index.ts";
import { isInside } from "./paths.ts";

/** What ripgrep said. `code` 0: found, 1: nothing found, 2: a failure that `problem` tells, or, where that is empty, files that cannot be read. */
export interface RipgrepAnswer {
  readonly code: number;
  readonly lines: readonly string[];
  readonly problem: string;
}

type World = Pick<ToolContext, "workspace" | "forbidden" | "signal">;

/** Output beyond this many characters is not read. */
const LARGEST_OUTPUT = 4_000_000;

/** Runs ripgrep in the workspace. Hidden files are searched; `.git`, ignored files and forbidden folders are not. */
export async function ripgrep(args: readonly string[], world: World): Promise<RipgrepAnswer> {
  const [{ execa }, rgPath] = await Promise.all([import("execa"), programPath()]);
  const result = await execa(
    rgPath,
    ["--no-config", "--no-messages", "--hidden", "--no-require-git", "--color", "never", "--sort", "path", ...args],
    {
      cwd: world.workspace,
      cancelSignal: world.signal,
      extendEnv: false,
      env: {},
      reject: false,
      stdin: "ignore",
      maxBuffer: LARGEST_OUTPUT,
      timeout: 60_000,
    },
  );
  const lines = result.stdout.split(/\r?\n/).filter((line) => line !== "");
  return {
    code: result.exitCode ?? (lines.length > 0 ? 0 : 2),
    lines,
    problem: result.exitCode === undefined ? (result.shortMessage ?? "") : result.stderr,
  };
}

async function programPath(): Promise<string> {
  try {
    return (await import("@vscode/ripgrep")).rgPath;
  } catch (cause) {
    const hint = "Install halter again with its optional packages, which bring ripgrep.";
    throw new HalterError("not_supported", "ripgrep is missing for this platform", { hint, cause });
  }
}

/**
 * Globs that keep searches out of what no tool may see, and out of installed packages unless `asked` for; they go
 * last, since the last matching glob wins.
 */
export function hiddenGlobs(world: World, asked = ""): string[] {
  const folders = world.forbidden
    .filter((folder) => isInside(world.workspace, folder))
    .map((folder) => `/${escapeGlob(path.relative(world.workspace, folder))}`);
  const packages = asked.includes("node_modules") ? [] : ["**/node_modules"];
  return ["**/.git", ...packages, ...folders].flatMap((glob) => ["--glob", `!${glob}`]);
}

/** `text` as a glob that matches it alone. */
export function escapeGlob(text: string): string {
  return text.replace(/[*?[\]{}!\\]/g, "\\$&");
}
