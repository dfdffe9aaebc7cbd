import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandRunner, createCommandRunner } from "../../src/tools/index.ts";
import { leaveOutSandbox, sandboxNote } from "../support/tools-sandbox.ts";
import { isGone } from "../support/tools-workspace.ts";

const LONG = { timeoutMs: 20_000, signal: new AbortController().signal };

describe.skipIf(leaveOutSandbox)(`sandbox${sandboxNote}`, () => {
  let outside: string;
  let folder: string;
  let runner: CommandRunner;

  beforeAll(async () => {
    outside = realpathSync(mkdtempSync(path.join(tmpdir(), "halter-sandbox-")));
    folder = path.join(outside, "work");
    mkdirSync(path.join(folder, ".git", "hooks"), { recursive: true });
    mkdirSync(path.join(folder, "keep"));
    writeFileSync(path.join(folder, "keep", "journal"), "kept");
    writeFileSync(path.join(folder, "a.txt"), "a\n");
    runner = await createCommandRunner({
      workspace: folder,
      sandbox: "required",
      allowedPrefixes: [],
      env: process.env,
      forbidden: [path.join(folder, "keep"), path.join(folder, "not-there")],
    });
  });

  afterAll(() => rmSync(outside, { recursive: true, force: true }));

  const run = async (command: string) => runner.run(command, LONG);

  it("says what it is", () => {
    expect(runner.description).toEqual({
      type: "bubblewrap",
      reason: "the workspace alone is writable, the network is off",
    });
  });

  it("lets the workspace be written and temporary files be made", async () => {
    const result = await run("pwd; cat a.txt; echo b > b.txt; mktemp >/dev/null && echo temporary; exit 4");
    expect(result).toMatchObject({ output: `${folder}\na\ntemporary\n`, exitCode: 4 });
    expect(existsSync(path.join(folder, "b.txt"))).toBe(true);
  });

  it.each([
    ["the home folder", 'touch "$HOME/halter-was-here"'],
    ["the system", "touch /etc/halter-was-here"],
    ["hooks of git", "touch .git/hooks/pre-commit"],
    ["git itself, moved away", "mv .git gone"],
    ["a forbidden folder", "touch keep/x"],
    ["a remounted system", "mount -o remount,rw,bind / && touch /etc/halter-was-here"],
    ["a namespace of its own", "unshare --user --map-root-user true"],
  ])("keeps commands out of %s", async (_, command) => {
    const result = await run(command);
    expect(result.exitCode).not.toBe(0);
    expect(existsSync("/etc/halter-was-here")).toBe(false);
    expect(existsSync(path.join(folder, ".git", "hooks", "pre-commit"))).toBe(false);
  });

  it("lets nothing out that is written beside the workspace", async () => {
    await run("touch ../beside /tmp/halter-was-here");
    expect(existsSync(path.join(outside, "beside"))).toBe(false);
    expect(existsSync("/tmp/halter-was-here")).toBe(false);
  });

  it("shows nothing of forbidden folders and makes none", async () => {
    expect(await run("ls keep | wc -l")).toMatchObject({ output: "0\n" });
    expect(existsSync(path.join(folder, "not-there"))).toBe(false);
  });

  it("has no privileges", async () => {
    expect((await run("grep CapEff /proc/self/status")).output).toMatch(/CapEff:\s+0+\n/);
  });

  it("has no network", async () => {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const inside = await run(`exec 3<>/dev/tcp/127.0.0.1/${port}`);
    const plain = spawnSync("bash", ["-c", "true"]);
    server.close();
    expect(plain.status).toBe(0);
    expect(inside.exitCode).not.toBe(0);
    expect(inside.output).toContain("refused");
  });

  it("sees no other processes and no sockets of services", async () => {
    expect((await run("ls -d /proc/[0-9]* | wc -l; ls /run | wc -l")).output).toMatch(/^[1-9]\n0\n$/);
  });

  it("ends even what made a session of its own", async () => {
    const result = await runner.run("setsid sleep 7474 & echo begun; sleep 7474", { ...LONG, timeoutMs: 2_000 });
    expect(result).toMatchObject({ output: "begun\n", timedOut: true });
    expect(await isGone("sleep 7474")).toBe(true);
    const left = await run("setsid sleep 7575 >/dev/null 2>&1 & echo begun");
    expect(left).toMatchObject({ output: "begun\n", exitCode: 0 });
    expect(await isGone("sleep 7575")).toBe(true);
  });

  it("runs node and npm", async () => {
    writeFileSync(path.join(folder, "package.json"), '{"scripts":{"test":"node --test"}}');
    writeFileSync(path.join(folder, "a.test.js"), 'require("node:test").test("works", () => {});');
    const result = await run("npm test --silent");
    expect(result.exitCode).toBe(0);
    expect(result.output).toContain("pass 1");
    expect(result.output).not.toMatch(/npm (warn|error)/i);
  });
});
