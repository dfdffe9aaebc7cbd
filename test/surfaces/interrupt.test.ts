import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startLoopback } from "../support/loopback.ts";
import { eventually, isAlive, Place } from "../support/servers.ts";
import { createHalter, type Halter, ROOT, type RunOptions, runProgram, type Said, until } from "../support/surfaces.ts";

const WORDS = "interrupted; the same command goes on where it stopped\n";
/** util-linux' program that gives another one a terminal. */
const SCRIPT = "/usr/bin/script";
const MODEL = "qwen2.5-coder-0.5b";

describe.skipIf(process.platform === "win32")("Ctrl-C while a model is made ready", () => {
  let halter: Halter;
  beforeEach(() => {
    halter = createHalter();
  });
  afterEach(() => halter.remove());

  /** A Python whose pip tells its process, does `press` and never brings anything; and the environment that finds it. */
  function slowPython(press = ""): { env: Record<string, string>; pidFile: string } {
    const folder = path.join(halter.folder, "bin");
    const file = path.join(folder, "python3");
    const pidFile = path.join(halter.folder, "pid");
    mkdirSync(folder);
    writeFileSync(
      file,
      `#!/bin/sh\ncase "$*" in\n*download*) echo $$ > "${pidFile}"; ${press} exec sleep 300;;\n*) echo 3 12 1 py3-any "$0";;\nesac\n`,
    );
    chmodSync(file, 0o755);
    return { env: { PATH: `${folder}:${process.env.PATH}`, HALTER_MODEL_SOURCES: "wheels" }, pidFile };
  }

  /** Sends the signal as a terminal does, to all, and once more, as a launcher that hands it on. */
  function pressWhen(isTime: () => boolean, times = 2): Pick<RunOptions, "detached" | "onStart"> {
    return {
      detached: true,
      onStart: (child) => {
        void until(isTime).then(() => {
          for (let time = 0; time < times; time++) process.kill(-child.pid!, "SIGINT");
        });
      },
    };
  }

  /** Pulls a model of which 1,000 bytes are there, and presses Ctrl-C when its next part is fetched. */
  async function pull(run: (args: string[], options: RunOptions) => Promise<Said>, times?: number): Promise<Said> {
    const { env, pidFile } = slowPython();
    const partial = path.join(halter.folder, "cache", "models", `${MODEL}-instruct-q4_k_m.gguf.1d961463.partial`);
    mkdirSync(path.dirname(partial), { recursive: true });
    writeFileSync(partial, Buffer.alloc(1000));
    const isFetching = () => pidIn(pidFile) !== undefined;
    const said = await run(["models", "pull", MODEL], { env, ...pressWhen(isFetching, times) });
    expect(statSync(partial).size).toBe(1000);
    expect(await eventually(() => !isAlive(pidIn(pidFile)!))).toBe(true);
    return said;
  }

  it("a download ends with a word and 130, keeps what it has and leaves nothing behind", async () => {
    const said = await pull(halter.run, 1);
    expect(said).toMatchObject({ exitCode: 130, stdout: "" });
    expect(said.stderr).toMatch(/^downloading .*1\.0 kB are there already.*\n/);
    expect(said.stderr.endsWith(`\n${WORDS}`)).toBe(true);
  });

  it("the same press that comes twice is one", async () => {
    const said = await pull(halter.run);
    expect(said.exitCode).toBe(130);
    expect(said.stderr.endsWith(WORDS)).toBe(true);
  });

  it("a checkout's launcher ends with the program, not before", async () => {
    const launcher = path.join(ROOT, "tools", "run.mjs");
    const said = await pull((args, options) =>
      runProgram(process.execPath, [launcher, "src/bin.ts", ...args], {
        ...options,
        env: { ...halter.env, ...options.env },
      }),
    );
    expect(said.exitCode).toBe(130);
    expect(said.stderr.endsWith(WORDS)).toBe(true);
  });

  it.skipIf(!existsSync(SCRIPT))(
    "a terminal is left with the word on a line of its own (needs /usr/bin/script)",
    async () => {
      const { env } = slowPython("kill -INT $PPID;");
      const program = `"${process.execPath}" "${path.join(ROOT, "src", "bin.ts")}" models pull ${MODEL}`;
      const said = await runProgram(SCRIPT, ["-qec", program, "/dev/null"], { env: { ...halter.env, ...env } });
      expect(said.exitCode).toBe(130);
      expect(said.stdout.endsWith(`\r\u001b[2K${WORDS.replace("\n", "\r\n")}`)).toBe(true);
    },
  );

  it("doctor does not go on to its other checks", async () => {
    const server = await startLoopback();
    server.loading = Number.POSITIVE_INFINITY;
    const said = await halter.run(
      ["doctor", "--base-url", server.baseUrl],
      pressWhen(() => server.requests.length > 2),
    );
    await server.close();
    expect(said).toEqual({ exitCode: 130, stdout: "", stderr: expect.stringMatching(/interrupted\n$/) as unknown });
  });

  it("an engine that loads is gone at once", async () => {
    const place = new Place({}, "fake");
    const model = place.model("endless");
    const said = await halter.run(["run", "--model", model, "Well?"], {
      env: { HALTER_LLAMA_SERVER: place.settings.llamaServer },
      ...pressWhen(() => pidIn(`${model}.pid`) !== undefined),
    });
    expect(said.exitCode).toBe(130);
    expect(said.stderr.endsWith(WORDS)).toBe(true);
    expect(await eventually(() => !isAlive(pidIn(`${model}.pid`)!))).toBe(true);
    place.remove();
  });
});

function pidIn(file: string): number | undefined {
  return existsSync(file) ? Number(readFileSync(file, "utf8")) || undefined : undefined;
}
