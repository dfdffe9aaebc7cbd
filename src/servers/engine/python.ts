import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../../types/error.ts";
import type { ServerSettings } from "../settings.ts";

/** A Python that can install wheels and run the embedded engine. */
export interface Python {
  readonly command: string;
  /** Names what a wheel must fit: interpreter kind, system and processor. */
  readonly tag: string;
}

/**
 * Where programs run that are no tool of the model: Python imports what lies in its working folder and llama.cpp loads
 * backends from there, which must never be files of a workspace.
 */
export const OWN_FOLDER = import.meta.dirname;

const PROBE = [
  "import sys, sysconfig, importlib.util",
  "pip = importlib.util.find_spec('pip') is not None",
  "free = 't' if sysconfig.get_config_var('Py_GIL_DISABLED') else ''",
  "tag = 'py3' + free + '-' + sysconfig.get_platform()",
  "print(sys.version_info[0], sys.version_info[1], int(pip), tag, sys.executable)",
].join("\n");

const OTHER_WAYS =
  "Install llama.cpp (llama-server in PATH, or its path in HALTER_LLAMA_SERVER), give a running server with --base-url, or install Python 3.10 or newer with pip";

/**
 * The first Python of at least 3.10 that has pip: the one in the settings, else those of `pathEnv`.
 * Throws `engine_missing` with what was found instead.
 */
export async function findPython(settings: ServerSettings): Promise<Python> {
  const names = process.platform === "win32" ? ["python3.exe", "python.exe"] : ["python3", "python"];
  const candidates = settings.python ? [settings.python] : await programsInPath(names, settings.pathEnv);
  const refused: string[] = [];
  for (const command of candidates) {
    const found = await probe(command);
    if (typeof found !== "string") return found;
    refused.push(`${command}: ${found}`);
  }
  const seen = refused.length > 0 ? refused.join("; ") : "no Python in PATH";
  throw new HalterError("engine_missing", `The embedded engine needs Python 3.10 or newer with pip (${seen})`, {
    hint: OTHER_WAYS,
  });
}

/** All executables of these names in the folders of a PATH, in its order; a relative folder would be a workspace's. */
export async function programsInPath(names: readonly string[], pathEnv: string): Promise<string[]> {
  const folders = pathEnv.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const files = folders.flatMap((folder) => names.map((name) => path.resolve(folder, name)));
  const usable = await Promise.all(files.map(isExecutable));
  return files.filter((_, index) => usable[index]);
}

/** Whether it is a file, no folder, and may be run. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function probe(command: string): Promise<Python | string> {
  const { execa } = await import("execa");
  const result = await execa(command, ["-c", PROBE], {
    cwd: OWN_FOLDER,
    reject: false,
    timeout: 20_000,
    stdin: "ignore",
  });
  const [major, minor, pip, tag, ...executable] = result.stdout.trim().split(" ");
  if (result.failed || tag === undefined) return "does not run";
  if (Number(major) !== 3 || Number(minor) < 10) return `is ${major}.${minor}`;
  if (pip !== "1") return "has no pip";
  // Behind a version manager's shim lies the real program, which starts faster.
  return { command: executable.join(" ") || command, tag };
}
