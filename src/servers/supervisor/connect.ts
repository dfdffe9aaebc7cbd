import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { HalterError } from "../../types/error.ts";
import { makeFolder } from "../folder.ts";
import { withLock } from "../lock.ts";
import { lastLines } from "./log.ts";
import type { SupervisorSpec } from "./protocol.ts";

/** A connection to a supervisor, and whether its engine was there before. */
export interface Joined {
  readonly socket: Socket;
  readonly shared: boolean;
}

const EXTENSION = path.extname(import.meta.filename);
const PROGRAM = path.join(import.meta.dirname, "..", `supervisor${EXTENSION}`);
/** Milliseconds in which a new supervisor must listen. */
const START_LIMIT = 60_000;

/** Connects to the supervisor of this engine; starts it where there is none, as the only process that does. */
export async function joinSupervisor(spec: SupervisorSpec, lockFile: string, signal: AbortSignal): Promise<Joined> {
  const running = await tryConnect(spec.socket);
  if (running) return { socket: running, shared: true };
  return withLock(lockFile, { signal }, async (held) => {
    const other = await tryConnect(spec.socket);
    if (other) return { socket: other, shared: true };
    if (process.platform !== "win32") await rm(spec.socket, { force: true });
    return { socket: await start(spec, held), shared: false };
  });
}

async function start(spec: SupervisorSpec, signal: AbortSignal): Promise<Socket> {
  const specFile = `${spec.logFile}.${randomUUID()}.json`;
  await makeFolder(path.dirname(spec.logFile));
  await rename(spec.logFile, spec.logFile.replace(/\.log$/, ".previous.log")).catch(() => {});
  await writeFile(specFile, JSON.stringify(spec), { mode: 0o600 });
  const log = openSync(spec.logFile, "a", 0o600);
  const supervisor = spawn(process.execPath, [PROGRAM, specFile], {
    detached: true,
    cwd: path.dirname(spec.logFile),
    stdio: ["ignore", log, log],
    windowsHide: true,
  });
  closeSync(log);
  supervisor.unref();
  let ended = false;
  supervisor.once("exit", () => (ended = true));
  supervisor.once("error", () => (ended = true));
  const limit = performance.now() + START_LIMIT;
  while (!ended && performance.now() < limit) {
    const socket = await tryConnect(spec.socket);
    if (socket) return socket;
    await wait(20, undefined, { signal });
  }
  await rm(specFile, { force: true });
  throw new HalterError("engine_crashed", "The process that watches the engine did not start", {
    hint: `Read ${spec.logFile}`,
    data: { lines: lastLines(spec.logFile) },
  });
}

/** A connection, or nothing where nobody listens. */
function tryConnect(socketPath: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once("connect", () => {
      socket.removeAllListeners("error");
      socket.on("error", () => {});
      resolve(socket);
    });
    socket.once("error", () => resolve(undefined));
  });
}
