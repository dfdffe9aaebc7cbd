/**
 * A small process that owns one engine: `node supervisor.js SPEC`. Every open connection to its socket is a user;
 * some seconds after the last has gone (at once while it loads), or when a signal asks for it, it stops the engine and ends. A user that was
 * killed has gone too, since the system closes its connection. When this process itself is killed, the engine's guard
 * ends the engine (on Windows only the embedded engine notices, by its standard input). Only when this process, the
 * guard and nothing else are killed at once can a llama-server of the user's be left behind.
 */
import { readFileSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { type EngineProcess, startEngine } from "./supervisor/engine-process.ts";
import type { EngineState, SupervisorSpec } from "./supervisor/protocol.ts";

/** Seconds in which the process that started it has to connect. */
const FIRST_USER = 30;

const specFile = process.argv[2]!;
const spec = JSON.parse(readFileSync(specFile, "utf8")) as SupervisorSpec;
rmSync(specFile, { force: true });

const users = new Set<Socket>();
let hadUser = false;
let state: EngineState = { type: "loading", seconds: 0 };
let engine: EngineProcess | undefined;
let idle = setTimeout(end, FIRST_USER * 1000);

const server = createServer((socket) => {
  users.add(socket);
  hadUser = true;
  clearTimeout(idle);
  socket.on("error", () => {});
  socket.on("data", () => {});
  socket.on("close", () => {
    users.delete(socket);
    clearTimeout(idle);
    // Whoever gives up while it loads wants it gone.
    const linger = state.type === "loading" ? 0 : spec.lingerSeconds;
    if (users.size === 0) idle = setTimeout(end, linger * 1000);
  });
  socket.write(`${JSON.stringify(state)}\n`);
  if (state.type === "failed") end();
});
server.on("error", (error) => {
  process.stderr.write(`supervisor: ${error.message}\n`);
  process.exit(1);
});
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, end);

server.listen(spec.socket, async () => {
  engine = await startEngine(spec, (next) => {
    state = next;
    for (const user of users) user.write(`${JSON.stringify(state)}\n`);
    // An engine that fails at once is faster than its first user, who has to hear of it.
    if (state.type === "failed" && hadUser) end();
  });
});

/** Takes no more users, stops the engine, lets what was written to the last users arrive, and ends. */
function end(): void {
  clearTimeout(idle);
  server.close();
  for (const user of users) user.end();
  void (engine?.stop() ?? Promise.resolve()).then(() => setTimeout(() => process.exit(0), 100));
}
