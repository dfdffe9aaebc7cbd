import { readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../lock.ts";
import type { ServerProgress } from "../progress.ts";
import type { ServerSettings } from "../settings.ts";
import { pipInstall } from "./pip.ts";
import { findPython, type Python } from "./python.ts";

/** The wheel's name and version, and llama.cpp's build in it (the wheel's own build_info says `b0`). */
export interface EmbeddedVersion {
  readonly wheel: string;
  readonly build: string;
}

const REQUIREMENTS = path.join(import.meta.dirname, "embedded-requirements.txt");
const LAUNCHER = path.join(import.meta.dirname, "embedded_llama_server.py");

/** What version of the embedded engine this halter uses, from the requirements that pip is given. */
export async function embeddedVersion(): Promise<EmbeddedVersion> {
  const [, name, version] = /^([a-z]+)==([\d.]+)/m.exec(await readFile(REQUIREMENTS, "utf8"))!;
  return { wheel: `${name}-${version}`, build: `b${version!.split(".").at(-1)}` };
}

/** The folder the embedded engine is or will be installed in, and whether it is there. */
export async function embeddedFolder(settings: ServerSettings, python: Python) {
  const { wheel } = await embeddedVersion();
  const folder = path.join(path.resolve(settings.cacheDir), "engines", `${wheel}-${python.tag}`);
  return { folder, installed: await exists(folder) };
}

/** The command that runs the embedded engine with llama-server's flags; installed where it is not yet. */
export async function embeddedCommand(
  settings: ServerSettings,
  onProgress: (progress: ServerProgress) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const python = await findPython(settings);
  const { folder, installed } = await embeddedFolder(settings, python);
  if (!installed) await install(python, folder, onProgress, signal);
  return [python.command, "-I", LAUNCHER, "--engine-dir", folder];
}

async function install(
  python: Python,
  folder: string,
  onProgress: (progress: ServerProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = () => onProgress({ type: "waiting", what: "the installation of the engine" });
  await withLock(folder, { signal, onWait: waiting }, async (held) => {
    if (await exists(folder)) return;
    onProgress({ type: "install", what: (await embeddedVersion()).wheel, path: folder });
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await pipInstall(python, ["--require-hashes", "--target", unfinished, "--requirement", REQUIREMENTS], held);
    await rename(unfinished, folder);
  });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
