import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { HalterError } from "../../types/error.ts";
import { joinSupervisor } from "./connect.ts";
import type { EngineState, SupervisorSpec } from "./protocol.ts";

/** An engine in use by this process. */
export interface UsedEngine {
  readonly baseUrl: string;
  /** It was running before. */
  readonly shared: boolean;
  /** Says that this process needs it no longer; also said by the end of the process, however it ends. */
  release(): Promise<void>;
}

/** A supervisor that is just ending takes the connection and drops it: then there is a new one to start. */
const TRIES = 3;

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
    const state = await settled(socket, onLoading, signal);
    if (signal.aborted) socket.destroy();
    signal.throwIfAborted();
    if (state?.type === "failed") throw crashed(state, spec);
    if (state?.type !== "ready") continue;
    socket.unref();
    return { baseUrl: state.baseUrl, shared, release: () => release(socket) };
  }
  throw new HalterError("engine_crashed", "The engine ended each time it was started", {
    hint: `Read ${spec.logFile}`,
  });
}

/** The first state that is not loading; nothing where the connection closed before, or the signal came. */
async function settled(
  socket: Socket,
  onLoading: (seconds: number) => void,
  signal: AbortSignal,
): Promise<EngineState | undefined> {
  if (socket.destroyed || signal.aborted) return;
  let said = -1;
  const lines = createInterface({ input: socket });
  const end = new AbortController();
  return new Promise<EngineState | undefined>((resolve) => {
    const nothing = () => resolve(undefined);
    signal.addEventListener("abort", nothing, { once: true, signal: end.signal });
    socket.on("close", nothing);
    lines.on("close", nothing);
    // The lines hand on what goes wrong with their socket.
    lines.on("error", nothing);
    lines.on("line", (line) => {
      const state = JSON.parse(line) as EngineState;
      if (state.type !== "loading") return resolve(state);
      if (Math.floor(state.seconds) <= said) return;
      said = Math.floor(state.seconds);
      onLoading(state.seconds);
    });
  }).finally(() => end.abort());
}

function crashed(
  { started, reason, lines }: EngineState & { type: "failed" },
  { command, logFile }: SupervisorSpec,
): HalterError {
  const last = lines.map((line) => `\n  ${line}`).join("");
  const when = started ? " while it was loading the model" : "";
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
