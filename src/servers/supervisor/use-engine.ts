import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { HalterError } from "../../types/error.ts";
import { joinSupervisor } from "./connect.ts";
import type { EngineState, SupervisorSpec } from "./protocol.ts";

/** An engine in use by this process. */
export interface UsedEngine {
  readonly baseUrl: string;
  /** It was running before. */
  readonly shared: boolean;
  /** Why the engine ended although it is in use; nothing while it runs. Waits a moment for the word of it, which may come after its connections broke. */
  crash(): Promise<HalterError | undefined>;
  /** Says that this process needs it no longer; also said by the end of the process, however it ends. */
  release(): Promise<void>;
}

/** A supervisor that is just ending takes the connection and drops it: then there is a new one to start. */
const TRIES = 3;

/** The longest that the word of a crash may take, milliseconds. */
const CRASH_WORD = 1_000;

type FailedState = Extract<EngineState, { type: "failed" }>;

/**
 * Uses the engine of this spec, starting it where it does not run, and waits until it answers.
 * Throws `engine_crashed` with the last lines of the log, or the signal's reason.
 */
export async function useEngine(
  spec: SupervisorSpec,
  lockFile: string,
  onLoading: (seconds: number) => void,
  signal: AbortSignal,
): Promise<UsedEngine> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { socket, shared } = await joinSupervisor(spec, lockFile, signal);
    const { settled, failed } = readStates(socket, onLoading, signal);
    const state = await settled;
    if (signal.aborted) socket.destroy();
    signal.throwIfAborted();
    if (state?.type === "failed") throw crashed(state, spec, "loading");
    if (state?.type !== "ready") continue;
    socket.unref();
    const crash = async () => {
      const end = await within(CRASH_WORD, failed);
      return end && crashed(end, spec, "ready");
    };
    return { baseUrl: state.baseUrl, shared, crash, release: () => release(socket) };
  }
  throw new HalterError("engine_crashed", "The engine ended each time it was started", {
    hint: `Read ${spec.logFile}`,
  });
}

/** What a supervisor says over one connection, as long as it is open. */
interface States {
  /** The first state that is not loading; nothing where the connection closed before, or the signal came. */
  readonly settled: Promise<EngineState | undefined>;
  /** How the engine ended; comes with the end of the connection at the latest. */
  readonly failed: Promise<FailedState>;
}

function readStates(socket: Socket, onLoading: (seconds: number) => void, signal: AbortSignal): States {
  const settled = Promise.withResolvers<EngineState | undefined>();
  const failed = Promise.withResolvers<FailedState>();
  const states = { settled: settled.promise, failed: failed.promise };
  const nothing = () => settled.resolve(undefined);
  // A supervisor takes its engine with it, whatever ended it.
  const closed = () => {
    nothing();
    failed.resolve({ type: "failed", started: true, reason: "was ended with the process that watches it", lines: [] });
  };
  if (socket.destroyed || signal.aborted) {
    closed();
    return states;
  }
  signal.addEventListener("abort", nothing, { once: true });
  void settled.promise.then(() => signal.removeEventListener("abort", nothing));
  let said = -1;
  const lines = createInterface({ input: socket });
  socket.on("close", closed);
  lines.on("close", closed);
  // The lines hand on what goes wrong with their socket.
  lines.on("error", closed);
  lines.on("line", (line) => {
    const state = JSON.parse(line) as EngineState;
    if (state.type === "failed") failed.resolve(state);
    if (state.type !== "loading") return settled.resolve(state);
    if (Math.floor(state.seconds) <= said) return;
    said = Math.floor(state.seconds);
    onLoading(state.seconds);
  });
  return states;
}

/** What comes within so many milliseconds. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  const end = new AbortController();
  try {
    return await Promise.race([promise, wait(milliseconds, undefined, { signal: end.signal })]);
  } finally {
    end.abort();
  }
}

function crashed(
  { started, reason, lines }: FailedState,
  { command, logFile }: SupervisorSpec,
  during: "loading" | "ready",
): HalterError {
  const last = lines.map((line) => `\n  ${line}`).join("");
  const when = started && during === "loading" ? " while it was loading the model" : "";
  return new HalterError("engine_crashed", `The engine ${reason}${when}${last}`, {
    hint: started
      ? `Read ${logFile}; a smaller context or model needs less memory`
      : `See whether ${command[0]} --version runs; HALTER_LLAMA_SERVER names another llama-server`,
    data: { lines, logFile },
  });
}

async function release(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.destroy();
  });
}
