import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type CommandRunnerOptions, createCommandRunner } from "../../src/tools/index.ts";
import { HalterError } from "../../src/types/index.ts";
import { isGone, workspace } from "../support/tools-workspace.ts";

const LONG = { timeoutMs: 20_000, signal: new AbortController().signal };

async function runner(changes: Partial<CommandRunnerOptions>) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "halter-command-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const options = { workspace: folder, sandbox: "off", allowedPrefixes: [], env: process.env, forbidden: [] } as const;
  return createCommandRunner({ ...options, ...changes });
}

describe("a command", () => {
  it("runs under bash in the workspace, its two outputs in order", async () => {
    const { run } = await runner({});
    const command = "for i in 1 2 3; do echo out $i; echo err $i >&2; done; [[ -t 0 ]] || cat; exit 3";
    expect(await run(command, LONG)).toEqual({
      output: "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n",
      exitCode: 3,
      timedOut: false,
      cancelled: false,
    });
  });

  it("sees the given environment alone, made fit for running unattended", async () => {
    const { run } = await runner({ env: { PATH: process.env.PATH, OWN: "mine", FORCE_COLOR: "1", PAGER: "less" } });
    const { output } = await run("echo $OWN $PAGER $GIT_TERMINAL_PROMPT [$FORCE_COLOR] [$HOME]; printf 'é\\n'", LONG);
    expect(output).toBe("mine cat 0 [] []\né\n");
  });

  it("knows nothing of the npm that started halter", async () => {
    const env = {
      PATH: process.env.PATH,
      npm_lifecycle_event: "demo",
      npm_config_loglevel: "silent",
      NPM_TOKEN: "own",
    };
    const { output } = await (await runner({ env })).run("echo [$npm_config_loglevel] $NPM_TOKEN", LONG);
    expect(output).toBe("[] own\n");
  });

  it("keeps what it printed until its time is over, and ends with all it started", async () => {
    const { run } = await runner({});
    const result = await run("echo begun; sleep 7171 & sleep 7171; echo never", { ...LONG, timeoutMs: 2_000 });
    expect(result).toMatchObject({ output: "begun\n", timedOut: true, cancelled: false });
    expect(await isGone("sleep 7171")).toBe(true);
  });

  it("is cancelled by the signal, even when it does not listen", async () => {
    const { run } = await runner({});
    const controller = new AbortController();
    const onOutput = (text: string) => text.includes("ready") && controller.abort();
    const result = await run("trap '' TERM; echo ready; while :; do sleep 0.05; done", {
      timeoutMs: 20_000,
      signal: controller.signal,
      onOutput,
    });
    expect(result).toMatchObject({ output: "ready\n", timedOut: false, cancelled: true });
  });

  it("does not wait for what it leaves in the background, and leaves nothing", async () => {
    const { run } = await runner({});
    const result = await run("sleep 7272 & (sleep 7273 >/dev/null 2>&1 &) ; echo done", LONG);
    expect(result).toMatchObject({ output: "done\n", exitCode: 0, timedOut: false });
    expect(await isGone("sleep 727[23]")).toBe(true);
  });

  it("keeps both ends of an output too long to keep", async () => {
    const { run } = await runner({});
    const { output } = await run("echo first; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo last", LONG);
    expect(output).toMatch(/^first\nx+\n\[\d+ characters were not kept\]\nx+\nlast\n$/);
    expect(output.length).toBeLessThan(1_100_000);
  });

  it("that cannot be started says so", async () => {
    const { run } = await runner({});
    expect((await run(`true ${"x".repeat(3_000_000)}`, LONG)).refused).toContain("E2BIG");
  });
});

describe("without a sandbox", () => {
  const env = { PATH: "/nowhere" };

  it("only allowed commands run, and the refusal says what would help", async () => {
    const { run, description } = await runner({ sandbox: "auto", allowedPrefixes: ["echo"], env });
    expect(description).toEqual({
      type: "none",
      reason: "bubblewrap is not installed",
      installHint: "sudo apt-get install bubblewrap",
    });
    const { refused } = await run("rm -rf x", LONG);
    expect(refused).toContain("Allowed are, with plain arguments: echo.");
    expect(refused).toContain("sudo apt-get install bubblewrap");
    expect(refused).toContain("--allow 'rm'");
    expect(refused).toContain("--no-sandbox");
  });

  it("a bubblewrap that fails is named with what it said", async () => {
    const bin = realpathSync(mkdtempSync(path.join(tmpdir(), "halter-bin-")));
    onTestFinished(() => rmSync(bin, { recursive: true }));
    writeFileSync(path.join(bin, "bwrap"), "#!/bin/sh\necho 'bwrap: no permission' >&2\nexit 1\n", { mode: 0o755 });
    const { description } = await runner({ sandbox: "auto", env: { PATH: bin } });
    expect(description).toEqual({ type: "none", reason: "bubblewrap does not work here: bwrap: no permission" });
  });

  it("a required one is an error with a hint", async () => {
    const error = await runner({ sandbox: "required", env }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HalterError);
    expect(error).toMatchObject({ code: "not_supported", hint: "sudo apt-get install bubblewrap" });
  });
});

describe("shell", () => {
  it.each([
    [{ command: "echo hi" }, { text: "exit code 0\nhi", output: "hi\n", isError: false, exitCode: 0 }],
    [{ command: "true" }, { text: "exit code 0, no output", output: "", isError: false, exitCode: 0 }],
    [{ command: "echo no >&2; false" }, { text: "exit code 1\nno", output: "no\n", isError: true, exitCode: 1 }],
    [{ command: " " }, { text: "The command is empty.", isError: true }],
    [
      { command: "echo part; sleep 5", timeout_seconds: 1 },
      { text: "stopped after 1 s (timeout_seconds)\npart", output: "part\n", isError: true },
    ],
  ])("%j", async (input, expected) => {
    const { call } = await workspace();
    expect(await call("shell", input)).toEqual(expected);
  });

  it("caps the output and keeps the whole", async () => {
    const { call } = await workspace({}, { outputLimit: 300 });
    const result = await call("shell", { command: "seq 1 1000" });
    expect(result.text).toMatch(/^exit code 0\n1\n2\n[\s\S]*lines, \d+ characters left out; [\s\S]*\n999\n1000$/);
    expect(result.text.length).toBeLessThan(450);
    expect(result.output?.split("\n")).toHaveLength(1001);
  });
});
