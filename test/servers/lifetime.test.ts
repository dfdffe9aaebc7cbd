import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureServer } from "../../src/servers/index.ts";
import { askFake, eventually, isAlive, Place } from "../support/servers.ts";

describe.skipIf(process.platform === "win32")("lifetime of an engine", { timeout: 60_000 }, () => {
  let place: Place;
  beforeEach(() => {
    place = new Place({}, "fake");
  });
  afterEach(() => place.remove());

  it("starts, answers, and stops some time after it was released", async () => {
    const server = await ensureServer(place.start(place.model()));
    expect(server.model).toBe("serve");
    expect(server.engine).toMatchObject({ kind: "given", build: "b4321" });
    const { pid, args } = await askFake(server.baseUrl);
    expect(args.join(" ")).toContain("--host 127.0.0.1 -c 512 -np 1 -t 1 -b 512 --alias serve");
    expect(place.progress).toMatchObject([{ type: "load", engine: server.engine.title }, { type: "ready" }]);
    await server.release();
    expect(await eventually(() => !isAlive(pid))).toBe(true);
    expect(await eventually(() => sockets(place).length === 0)).toBe(true);
  });

  it("gives an engine only the flags that its help names", async () => {
    const server = await ensureServer(place.start(place.model(), { extraFlags: ["--swa-full"] }));
    const { args } = await askFake(server.baseUrl);
    await server.release();
    expect(args).toContain("--metrics");
    expect(args).not.toContain("--ctx-checkpoints");
    expect(args.indexOf("--swa-full")).toBeGreaterThan(args.indexOf("--metrics"));
  });

  it("is stopped after kill -9 of its only user", async () => {
    const { child, baseUrl } = await place.client(place.model());
    const { pid } = await askFake(baseUrl);
    child.kill("SIGKILL");
    expect(await eventually(() => !isAlive(pid))).toBe(true);
  });

  it("is shared by two that start at the same time and stays for the one that is left", async () => {
    const model = place.model();
    const [first, second] = await Promise.all([place.client(model), place.client(model)]);
    expect(first.baseUrl).toBe(second.baseUrl);
    const { pid } = await askFake(first.baseUrl);
    first.child.kill("SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(isAlive(pid)).toBe(true);
    second.child.kill("SIGTERM");
    expect(await eventually(() => !isAlive(pid))).toBe(true);
  });

  it("is not shared by others that want other flags", async () => {
    const model = place.model();
    const first = await ensureServer(place.start(model));
    const second = await ensureServer(place.start(model, { contextTokens: 1024 }));
    expect(first.baseUrl).not.toBe(second.baseUrl);
    await Promise.all([first.release(), second.release()]);
  });

  it("dies with its supervisor", async () => {
    const { baseUrl } = await place.client(place.model());
    const { pid } = await askFake(baseUrl);
    process.kill(parentOf(pid), "SIGKILL");
    expect(await eventually(() => !isAlive(pid))).toBe(true);
  });

  it("is killed when it does not listen to SIGTERM", async () => {
    const server = await ensureServer(place.start(place.model("stubborn")));
    const { pid } = await askFake(server.baseUrl);
    await server.release();
    expect(await eventually(() => !isAlive(pid))).toBe(true);
  });

  it("reports a crash while loading with the log's last lines", async () => {
    const start = ensureServer(place.start(place.model("crash")));
    await expect(start).rejects.toMatchObject({
      code: "engine_crashed",
      message: expect.stringMatching(/exit code 3[\s\S]*out of memory in tensor 17/) as unknown,
      hint: expect.stringContaining("engines") as unknown,
    });
  });

  it("tells of its end by itself with the log's last lines", async () => {
    const server = await ensureServer(place.start(place.model("chatty")));
    const { pid } = await askFake(server.baseUrl);
    process.kill(pid, "SIGKILL");
    expect(await server.crash()).toMatchObject({
      code: "engine_crashed",
      message: expect.stringMatching(/^The engine was ended by SIGKILL\n[\s\S]*listening on port/) as unknown,
      hint: expect.stringContaining(server.logFile) as unknown,
    });
    await server.release();
  });

  it("tells of its end with its supervisor, and of none while it runs", async () => {
    const server = await ensureServer(place.start(place.model()));
    expect(await server.crash()).toBeUndefined();
    process.kill(parentOf((await askFake(server.baseUrl)).pid), "SIGKILL");
    expect(await server.crash()).toMatchObject({
      code: "engine_crashed",
      message: "The engine was ended with the process that watches it",
    });
    await server.release();
  });

  it("says so when it cannot even be started", async () => {
    const llamaServer = place.path("llama-server");
    writeFileSync(llamaServer, "#!/nowhere/sh\n", { mode: 0o755 });
    const start = ensureServer(place.start(place.model(), { settings: { ...place.settings, llamaServer } }));
    await expect(start).rejects.toMatchObject({
      code: "engine_crashed",
      message: expect.stringMatching(/^The engine could not be started: (?![\s\S]*while it was loading)/) as unknown,
      hint: expect.stringContaining(`${llamaServer} --version`) as unknown,
    });
  });

  it("starts again over the socket of a supervisor that was killed", async () => {
    const model = place.model();
    const { child, baseUrl } = await place.client(model);
    const { pid } = await askFake(baseUrl);
    process.kill(parentOf(pid), "SIGKILL");
    child.kill("SIGKILL");
    expect(await eventually(() => !isAlive(pid))).toBe(true);
    expect(sockets(place)).toHaveLength(1);
    const server = await ensureServer(place.start(model));
    expect((await askFake(server.baseUrl)).pid).not.toBe(pid);
    await server.release();
  });

  it("gives up at once when it is asked to while the engine loads", async () => {
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error("given up"));
    await expect(ensureServer(place.start(place.model(), { signal: stop.signal, onProgress }))).rejects.toThrow(
      "given up",
    );
    expect(await eventually(() => sockets(place).length === 0)).toBe(true);
  });

  it("has a place for its socket when the state folder's path is long", async () => {
    const stateDir = place.path("long".repeat(30));
    const settings = { ...place.settings, stateDir };
    const server = await ensureServer(place.start(place.model(), { settings }));
    expect(existsSync(server.logFile)).toBe(true);
    await server.release();
  });

  it("keeps the log of the run before", async () => {
    const model = place.model("crash");
    await expect(ensureServer(place.start(model))).rejects.toThrow();
    await expect(ensureServer(place.start(model))).rejects.toThrow();
    const logs = readdirSync(place.path("state", "engines")).filter((file) => file.endsWith(".log"));
    expect(logs).toHaveLength(2);
    for (const log of logs) {
      expect(readFileSync(place.path("state", "engines", log), "utf8")).toContain("out of memory");
    }
  });

  it("starts another supervisor when the one it met was just ending", async () => {
    const model = place.model();
    const server = await ensureServer(place.start(model));
    const socket = place.path("state", "engines", sockets(place)[0]!);
    await server.release();
    expect(await eventually(() => !existsSync(socket))).toBe(true);
    let dropped = 0;
    const ending = createServer((connection) => {
      dropped++;
      ending.close();
      connection.destroy();
    });
    await new Promise<void>((resolve) => ending.listen(socket, resolve));
    const again = await ensureServer(place.start(model));
    expect(dropped).toBe(1);
    expect((await askFake(again.baseUrl)).args).toContain(model);
    await again.release();
  });
});

function sockets(place: Place): string[] {
  const folder = place.path("state", "engines");
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".sock")) : [];
}

function parentOf(pid: number): number {
  return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
}
