import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { lastLines } from "./log.ts";
import { freePort } from "./port.ts";
import type { EngineState, SupervisorSpec } from "./protocol.ts";

const POLL = 100;
/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE = 5_000;

/** Ends the process `$1` when its own standard input closes without a word: whoever held the other end was killed. */
const GUARD = 'read -r _ || { kill -TERM "$1"; sleep 3; kill -KILL "$1"; } 2>/dev/null';

/** A running llama-server, of whichever kind. */
export interface EngineProcess {
  /** Ends the engine and resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts the engine on a free loopback port and reports its states; the last one is `failed` unless it is stopped. */
export async function startEngine(spec: SupervisorSpec, onState: (state: EngineState) => void): Promise<EngineProcess> {
  const port = await freePort();
  const [program, ...args] = [...spec.command, "--port", String(port)];
  const log = openSync(spec.logFile, "a");
  const child = spawn(program!, args, { stdio: ["pipe", log, log], windowsHide: true });
  closeSync(log);
  child.stdin?.on("error", () => {});
  const guard = child.pid === undefined ? undefined : startGuard(child.pid);
  let stopping = false;
  const gone = new Promise<void>((resolve) => {
    const end = (reason: string) => {
      guard?.stdin?.end("done\n");
      const started = child.pid !== undefined;
      if (!stopping) onState({ type: "failed", started, reason, lines: lastLines(spec.logFile) });
      stopping = true;
      resolve();
    };
    child.once("error", (error) => end(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => end(signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
  });
  const started = performance.now();
  const watch = async () => {
    while (!stopping) {
      const seconds = (performance.now() - started) / 1000;
      if (await isHealthy(port)) {
        if (!stopping) onState({ type: "ready", baseUrl: `http://127.0.0.1:${port}`, pid: child.pid! });
        return;
      }
      if (!stopping) onState({ type: "loading", seconds });
      await wait(POLL);
    }
  };
  void watch();
  const stop = async () => {
    if (stopping) return gone;
    stopping = true;
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), GRACE);
    await gone;
    clearTimeout(force);
  };
  return { stop };
}

function startGuard(pid: number): ChildProcess | undefined {
  if (process.platform === "win32") return;
  const guard = spawn("/bin/sh", ["-c", GUARD, "halter-guard", String(pid)], { stdio: ["pipe", "ignore", "ignore"] });
  guard.on("error", () => {});
  guard.stdin.on("error", () => {});
  guard.unref();
  return guard;
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: "/health", timeout: 2_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
    request.on("close", () => resolve(false));
  });
}
