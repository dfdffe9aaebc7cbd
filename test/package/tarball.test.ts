import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoopback } from "../support/loopback.ts";
import { createHalter, ROOT, runProgram, until } from "../support/surfaces.ts";

/** A Node of the machine's own, which may be too old for halter. */
const SYSTEM_NODE = "/usr/bin/node";

const halter = createHalter();
const unpacked = path.join(halter.folder, "package");
const program = path.join(unpacked, "dist", "bin.js");
let files: string[] = [];

beforeAll(async () => {
  const env = { ...process.env, NPM_CONFIG_UPDATE_NOTIFIER: "false" };
  const packed = await runProgram("npm", ["pack", "--pack-destination", halter.folder], { cwd: ROOT, env });
  if (packed.exitCode !== 0) throw new Error(`npm pack failed:\n${packed.stdout}${packed.stderr}`);
  const tarball = readdirSync(halter.folder).find((name) => name.endsWith(".tgz"))!;
  const file = path.join(halter.folder, tarball);
  execFileSync("tar", ["-xzf", file, "-C", halter.folder]);
  symlinkSync(path.join(ROOT, "node_modules"), path.join(unpacked, "node_modules"));
  const listed = execFileSync("tar", ["-tzf", file], { encoding: "utf8" }).trimEnd().split("\n");
  files = listed.filter((name) => !name.endsWith("/")).map((name) => name.replace(/^package\//, ""));
}, 120_000);

afterAll(() => halter.remove());

describe("the packed package", () => {
  it("holds what runs, and nothing of ours alone", () => {
    expect(files).toEqual(expect.arrayContaining(["package.json", "dist/bin.js", "dist/index.js", "dist/index.d.ts"]));
    expect(files).toEqual(expect.arrayContaining(["models/catalog.json", "fixtures/demo/task.md"]));
    expect(files.filter((file) => /(^|\/)(test|bench|tools\/node|node_modules)\/|\.test\.|\.pyc$/.test(file))).toEqual(
      files.filter((file) => file.startsWith("fixtures/demo/repo/test/")),
    );
    const own = files.filter((file) => readFileSync(path.join(unpacked, file), "utf8").includes(ROOT));
    expect(own).toEqual([]);
  });

  it("has everything beside its code that the sources have", () => {
    const data = readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.(md|py|txt|json)$/.test(file),
    );
    expect(data.length).toBeGreaterThan(5);
    expect(data.filter((file) => !files.includes(path.join("dist", file)))).toEqual([]);
  });

  it("tells its version, help and models", async () => {
    const version = await halter.run(["--version"], { program });
    const own = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(version).toEqual({ exitCode: 0, stdout: `${own.version}\n`, stderr: "" });
    expect(await halter.run(["--help"], { program })).toEqual(await halter.run(["--help"]));
    expect(await halter.run(["models", "ls"], { program })).toEqual(await halter.run(["models", "ls"]));
  });

  it("does a task with tools", async () => {
    const call = JSON.stringify({ name: "write", arguments: { path: "hay.txt", content: "hay\n" } });
    const server = await startLoopback({
      answers: [{ text: `<tool_call>\n${call}\n</tool_call>` }, { text: "Done." }],
    });
    const said = await halter.run(["run", "--base-url", server.baseUrl, "Bring hay."], { program });
    await server.close();
    expect(said).toMatchObject({ exitCode: 0, stdout: "Done.\n" });
    expect(readFileSync(path.join(halter.workspace, "hay.txt"), "utf8")).toBe("hay\n");
  });

  it("plays the demo", async () => {
    const said = await halter.run(["demo", "--replay"], { program, env: { TMPDIR: halter.folder } });
    expect(said).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("replay") as unknown });
    expect(said.stderr).toContain("The repository's tests pass now.");
  });

  it("is a library with types", async () => {
    const consumer = path.join(halter.folder, "consumer");
    mkdirSync(path.join(consumer, "node_modules"), { recursive: true });
    symlinkSync(unpacked, path.join(consumer, "node_modules", "halter"));
    writeFileSync(
      path.join(consumer, "use.mts"),
      `import { createScriptedBackend, startThread, type ThreadEvent } from "halter";
const seen: ThreadEvent["type"][] = [];
console.log(typeof startThread, typeof createScriptedBackend, seen.length);
`,
    );
    expect(await runProgram(process.execPath, ["use.mts"], { cwd: consumer })).toMatchObject({
      exitCode: 0,
      stdout: "function function 0\n",
    });
    const compiler = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--skipLibCheck"];
    const types = ["--typeRoots", path.join(ROOT, "node_modules", "@types"), "--types", "node"];
    const checked = await runProgram(process.execPath, [compiler, ...flags, ...types, "use.mts"], { cwd: consumer });
    expect(checked).toMatchObject({ exitCode: 0, stdout: "" });
  });
});

describe("on an old Node", () => {
  const version = existsSync(SYSTEM_NODE) ? execFileSync(SYSTEM_NODE, ["--version"], { encoding: "utf8" }).trim() : "";
  const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
  const tooOld = version !== "" && (major < 22 || (major === 22 && minor < 19));
  const development = path.join(ROOT, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  const hasDevelopmentNode = existsSync(development);

  it.skipIf(!tooOld)("the program says what it needs and how to get it (needs a Node below 22.19)", async () => {
    const alone = path.join(halter.folder, "alone");
    cpSync(path.join(unpacked, "dist"), path.join(alone, "dist"), { recursive: true });
    cpSync(path.join(unpacked, "package.json"), path.join(alone, "package.json"));
    expect(await runProgram(SYSTEM_NODE, [path.join(alone, "dist", "bin.js"), "--version"])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `halter needs Node 22.19 or newer; this is ${version}
hint: npm install -g node@24 (in a checkout, after npm ci: npm run halter -- …)
`,
    });
  });

  describe.skipIf(!tooOld || !hasDevelopmentNode)("with a development Node beside the program", () => {
    it("steps over to it, with its input and exit status", async () => {
      expect(await runProgram(SYSTEM_NODE, [program, "--version"])).toMatchObject({ exitCode: 0, stderr: "" });
      expect(await runProgram(SYSTEM_NODE, [program, "rnu"])).toMatchObject({ exitCode: 2 });
      const json = { input: '[{"role":"user","content":"hay"}]', env: halter.env };
      const template = path.join(halter.folder, "chat.jinja");
      writeFileSync(template, "{{ messages[0].content }}");
      const said = await runProgram(
        SYSTEM_NODE,
        [program, "template", "render", template, "--raw", "--messages", "-"],
        json,
      );
      expect(said).toMatchObject({ exitCode: 0, stdout: "hay" });
    });

    it.each([
      ["to all, as a terminal does", (pid: number) => process.kill(-pid, "SIGINT")],
      ["to the one that was started", (pid: number) => process.kill(pid, "SIGINT")],
    ])("Ctrl-C ends both: %s", async (_, press) => {
      const server = await startLoopback({ answers: [{ text: "hay ".repeat(20), hang: true }] });
      let group = 0;
      const said = await runProgram(SYSTEM_NODE, [program, "run", "--base-url", server.baseUrl, "Bring hay."], {
        cwd: halter.workspace,
        env: halter.env,
        detached: true,
        onStart: ({ pid }) => {
          group = pid!;
          void until(() => server.generations().length === 1).then(() => press(group));
        },
      });
      await server.close();
      expect(said).toMatchObject({ exitCode: 130, stdout: "" });
      expect(said.stderr).toMatch(/^stopped: interrupted$/m);
      expect(() => process.kill(-group, 0)).toThrow("ESRCH");
    });

    it("ends by the signal that ended the program", async () => {
      const server = await startLoopback({ answers: [{ text: "hay ".repeat(20), hang: true }] });
      let signal: string | null = null;
      await runProgram(SYSTEM_NODE, [program, "run", "--base-url", server.baseUrl, "Bring hay."], {
        cwd: halter.workspace,
        env: halter.env,
        onStart: (child) => {
          child.on("exit", (_, name) => {
            signal = name;
          });
          void until(() => server.generations().length === 1).then(() => child.kill("SIGHUP"));
        },
      });
      await server.close();
      expect(signal).toBe("SIGHUP");
    });
  });

  it("nothing is imported before the version is looked at", () => {
    const code = readFileSync(program, "utf8");
    expect(code).not.toMatch(/^\s*import\s*[\w{*"']|\bfrom\s*["']/m);
    expect(code.indexOf("process.versions.node")).toBeLessThan(code.indexOf("import("));
  });
});
