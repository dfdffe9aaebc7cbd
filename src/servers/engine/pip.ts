import { rm } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../../types/error.ts";
import { makeFolder } from "../folder.ts";
import { OWN_FOLDER, type Python } from "./python.ts";

/**
 * What every use of pip has in common: only wheels, only what was named, no questions. Pip's five retries take minutes
 * where nobody answers; one is enough, and without any it would not say what failed. How long it waits is the user's setting.
 */
const FLAGS = [
  "--retries=1",
  "--no-deps",
  "--only-binary=:all:",
  "--no-input",
  "--disable-pip-version-check",
  "--no-warn-script-location",
];
const DOWNLOAD_FLAGS = FLAGS.filter((flag) => flag !== "--no-warn-script-location");

/** Pip's words for a connection that failed, whichever of its versions. */
const NO_CONNECTION =
  /Failed to establish[^'")]*|Failed to resolve '[^']*'|Connection to \S+ timed out|Read timed out|(?:Cannot|Unable to) connect to proxy|Connection (?:aborted|reset by peer)|certificate verify failed/;

/** Runs `pip install`; where the packages come from is pip's own configuration. Throws `download_failed` with pip's words. */
export async function pipInstall(python: Python, args: readonly string[], signal: AbortSignal): Promise<void> {
  await pip(python, ["install", "--root-user-action=ignore", ...FLAGS, ...args], signal);
}

/** Where in its folder `pip download` keeps what is not whole yet. */
const UNFINISHED = "unfinished";

/** Runs `pip download` into a folder, which is made and also holds what has come so far. Throws `download_failed` with pip's words. */
export async function pipDownload(
  python: Python,
  requirement: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const unfinished = path.join(folder, UNFINISHED);
  await rm(unfinished, { recursive: true, force: true });
  await makeFolder(unfinished);
  try {
    const args = ["download", "--no-cache-dir", ...DOWNLOAD_FLAGS, "--dest", folder, requirement];
    await pip(python, args, signal, { TMPDIR: unfinished });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function pip(
  python: Python,
  args: readonly string[],
  signal: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { execa } = await import("execa");
  const result = await execa(python.command, ["-m", "pip", ...args], {
    cwd: OWN_FOLDER,
    env,
    reject: false,
    all: true,
    stdin: "ignore",
    cancelSignal: signal,
    timeout: 30 * 60_000,
    killDescendants: true,
  });
  signal.throwIfAborted();
  if (!result.failed) return;
  const reason = reasonIn(result.all) ?? result.shortMessage ?? "it failed";
  throw new HalterError("download_failed", `pip ${args[0]}: ${reason}`, {
    hint: "Check the network and pip's configuration (pip config list), then run the same command again",
  });
}

/** Why pip failed. Where no index answers, its last line says that there is no such package. */
function reasonIn(output: string): string | undefined {
  const errors = output.split("\n").filter((line) => /error/i.test(line));
  const last = errors
    .at(-1)
    ?.trim()
    .replace(/^ERROR:\s*/, "");
  const failure = NO_CONNECTION.exec(output)?.[0].trim();
  if (!failure || !last || !(NO_CONNECTION.test(last) || last.startsWith("No matching distribution"))) return last;
  const address = /^Looking in indexes: (.+)$/m.exec(output)?.[1] ?? /host='([^']+)'/.exec(output)?.[1];
  return `the package index${address ? ` at ${address.trim()}` : ""} cannot be reached (${failure})`;
}
