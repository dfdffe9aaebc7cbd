import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { knownFlags } from "../../src/servers/engine/find.ts";
import { pipInstall } from "../../src/servers/engine/pip.ts";
import { findPython } from "../../src/servers/engine/python.ts";
import { findEngine } from "../../src/servers/index.ts";
import { Place } from "../support/servers.ts";

const ENGINE = path.join(import.meta.dirname, "..", "..", "src", "servers", "engine");

describe.skipIf(process.platform === "win32")("which engine runs", () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.remove());

  function script(name: string, text: string): string {
    const folder = place.path("programs");
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  it("is the one that was given, with its build", async () => {
    const llamaServer = place.fakeEngine();
    expect(await findEngine({ ...place.settings, llamaServer })).toMatchObject({
      kind: "given",
      path: llamaServer,
      build: "b4321",
      title: `llama-server b4321 (${llamaServer})`,
    });
  });

  it.each(["nothing", "folder"])("is no other when the given one is %s", async (name) => {
    mkdirSync(place.path("folder"));
    const settings = { ...place.settings, llamaServer: place.path(name) };
    await expect(findEngine(settings)).rejects.toMatchObject({
      code: "engine_missing",
      hint: expect.stringContaining("HALTER_LLAMA_SERVER") as unknown,
    });
  });

  it("is llama-server in PATH before the embedded one", async () => {
    const program = place.fakeEngine();
    mkdirSync(place.path("folders", "llama-server"), { recursive: true });
    const pathEnv = [place.folder, place.path("folders"), path.dirname(program)].join(path.delimiter);
    expect(await findEngine({ ...place.settings, pathEnv })).toMatchObject({ kind: "found", path: program });
  });

  it("is else the embedded one, of the version in the requirements", async () => {
    const python = script("python3", "echo 3 12 1 py3-some-system /opt/python");
    const requirements = readFileSync(path.join(ENGINE, "embedded-requirements.txt"), "utf8");
    const [, build] = /==[\d.]+\.(\d+) /.exec(requirements)!;
    expect(await findEngine({ ...place.settings, pathEnv: path.dirname(python) })).toMatchObject({
      kind: "embedded",
      path: "/opt/python",
      build: `b${build}`,
      installed: false,
    });
  });

  it.each([
    ["is too old", "echo 3 9 1 py3-some-system", "is 3.9"],
    ["has no pip", "echo 3 12 0 py3-some-system", "has no pip"],
    ["does not run", "exit 1", "does not run"],
  ])("is missing with every other way named when Python %s", async (_, text, reason) => {
    const python = script("python3", text);
    await expect(findEngine({ ...place.settings, pathEnv: path.dirname(python) })).rejects.toMatchObject({
      code: "engine_missing",
      message: expect.stringContaining(reason) as unknown,
      hint: expect.stringMatching(/llama\.cpp.*HALTER_LLAMA_SERVER.*--base-url/) as unknown,
    });
  });

  it("is missing when there is no Python at all", async () => {
    await expect(findEngine({ ...place.settings, pathEnv: place.folder })).rejects.toMatchObject({
      code: "engine_missing",
      message: expect.stringContaining("no Python in PATH") as unknown,
    });
  });
});

describe.skipIf(process.platform === "win32")("a program that is no tool of the model", () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
    writeFileSync(place.path("program"), `#!/bin/sh\npwd -P > "${place.path("cwd")}"\necho 3 12 1 tag\n`, {
      mode: 0o755,
    });
  });
  afterEach(() => place.remove());

  it.each<[string, (program: string) => Promise<unknown>]>([
    ["Python", (python) => findPython({ ...place.settings, python })],
    ["pip", (command) => pipInstall({ command, tag: "tag" }, [], AbortSignal.timeout(20_000))],
    ["llama-server", (program) => knownFlags(program)],
  ])("runs where no file of a workspace can be loaded: %s", async (_, run) => {
    await run(place.path("program"));
    expect(readFileSync(place.path("cwd"), "utf8").trim()).toBe(realpathSync(ENGINE));
  });

  it("is not looked for in a workspace by a relative folder of PATH", async () => {
    const pathEnv = path.relative(process.cwd(), path.dirname(place.fakeEngine()));
    const settings = { ...place.settings, pathEnv, python: place.path("program") };
    expect(await findEngine(settings)).toMatchObject({ kind: "embedded" });
  });
});

describe("the embedded engine's requirements", () => {
  it("name one version and the hash of every wheel", () => {
    const text = readFileSync(path.join(ENGINE, "embedded-requirements.txt"), "utf8");
    expect(text.match(/==/g)).toHaveLength(1);
    expect(new Set(text.match(/sha256:[0-9a-f]{64}/g)).size).toBe(10);
  });
});

describe.skipIf(!hasPython())("the embedded engine's launcher", () => {
  const launcher = path.join(ENGINE, "embedded_llama_server.py");

  /** Runs it with a stand-in for the wheel that has the attributes the flags set; its standard input stays open. */
  async function launch(...flags: string[]): Promise<{ code?: number; stdout: string; stderr: string }> {
    const place = new Place();
    writeFileSync(place.path("xllamacpp.py"), STAND_IN);
    const args = ["-I", launcher, "--engine-dir", place.folder, ...flags];
    const run = promisify(execFile)("python3", args, { timeout: 20_000 });
    return run
      .catch((error: unknown) => error as { code: number; stdout: string; stderr: string })
      .finally(() => place.remove());
  }

  it.each([
    [["--warp", "9"], "error: invalid argument: --warp"],
    [["-m", "x", "-c"], "error: expected value for argument: -c"],
    [["-c", "many"], "error: bad value for -c: many"],
    [["-ctk", "q99"], "error: bad value for -ctk: q99"],
    [["--chat-template-file", "nothing.jinja"], "error: bad value for --chat-template-file: nothing.jinja"],
    [["--slot-save-path", "nothing"], "error: bad value for --slot-save-path: nothing (is not a folder)"],
    [["--jinja"], "error: no model: -m FILE is required"],
    [["-m", "broken"], "error: cannot load broken"],
  ])("refuses %j in one line", async (flags, line) => {
    const { code, stderr } = await launch(...flags);
    expect(code).toBe(1);
    expect(stderr).toContain(line);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("names its flags as llama-server does", async () => {
    const { stdout } = await launch("--help");
    for (const flag of ["-m, --model", "-c, --ctx-size", "--cache-ram", "--ctx-checkpoints", "-kvu, --kv-unified"]) {
      expect(stdout).toContain(flag);
    }
  });
});

const STAND_IN = `
class ggml_type: GGML_TYPE_F16 = 1
class Part: pass
class CommonParams:
    def __init__(self):
        self.model = Part(); self.model.path = ""
        self.cpuparams = Part(); self.cpuparams_batch = Part()
class Server:
    def __init__(self, params): raise RuntimeError("cannot load " + params.model.path)
`;

function hasPython(): boolean {
  try {
    execFileSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
