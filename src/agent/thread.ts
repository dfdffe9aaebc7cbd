import {
  HalterError,
  type Item,
  type Message,
  type StopReason,
  type Submission,
  type ThreadEvent,
} from "../types/index.ts";
import { knowModel } from "./family.ts";
import type { ThreadSetup } from "./options.ts";
import { createQueue } from "./queue.ts";
import { createItemRecord } from "./record.ts";
import { runTurn, type TurnEnd } from "./turn.ts";
import { announceWire, chooseWire } from "./wire.ts";
import type { ChosenWire } from "./wire-input.ts";

/** The turn itself meets the same failure and tells of it. */
const ignoreFailure = (error: unknown): undefined => {
  if (!(error instanceof HalterError)) throw error;
};

/** A conversation with a model in a workspace. It prints nothing: submissions go in, events come out. */
export interface Thread {
  readonly id: string;
  /** The items so far, each in its latest state. */
  readonly items: readonly Item[];
  /** Calls `listener` with every event from now on; returns what ends that. */
  subscribe(listener: (event: ThreadEvent) => void): () => void;
  /** User input starts a turn, or waits for the running one to end; a steer joins the running turn before its next step. */
  submit(submission: Submission): void;
  /** One turn: submits `text` and yields the events up to its end. Never throws for failures of model or server. */
  run(text: string): AsyncIterable<ThreadEvent>;
  /** Interrupts what runs and closes journal and backend. */
  close(): Promise<void>;
}

/** Opens a thread on its setup; `earlier` are the items of a thread that is resumed, `turns` how many it has had. */
export function openThread(begun: ThreadSetup, earlier: readonly Item[] = [], turns = 0): Thread {
  let setup = begun;
  const listeners = new Set<(event: ThreadEvent) => void>();
  const emit = (event: ThreadEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const record = createItemRecord({
    items: earlier,
    emit,
    write: async (item) => setup.journal?.append({ type: "item", item }),
  });
  const steers: string[] = [];
  const inputs: string[] = [];
  let turn = turns;
  let running: AbortController | undefined;
  let idle: Promise<void> = Promise.resolve();
  let wire: Promise<ChosenWire> | undefined;
  let announced = false;

  const openWire = async (messages: readonly Message[], signal: AbortSignal): Promise<ChosenWire> => {
    const chosen = await chooseWire(setup, messages, signal);
    await announceWire(setup, chosen, emit);
    return chosen;
  };

  /** Another model may stand behind the address than in the last turn; then its profile holds, and our render is compared anew. */
  const meetModel = async (signal: AbortSignal): Promise<void> => {
    const { backend } = setup;
    const found = await backend.refresh?.(signal).catch(ignoreFailure);
    if (!found || found === backend) return;
    const { profile, family } = await knowModel(found, setup.modelHelp);
    const chosen = await wire?.catch(ignoreFailure);
    setup = { ...setup, backend: found, profile, family, ...(chosen && { wire: chosen.wire }) };
    wire = undefined;
    const data = { from: backend.info.model, to: found.info.model };
    setup.onTrace?.({ type: "note", at: setup.now(), topic: "model", data });
  };

  const startTurn = async (text: string, interrupt: AbortController): Promise<void> => {
    if (turn++ > turns) await meetModel(interrupt.signal);
    if (!announced) {
      announced = true;
      emit({ type: "thread.started", threadId: setup.id, workspace: setup.workspace, model: setup.backend.info.model });
    }
    emit({ type: "turn.started", turn });
    await setup.journal?.append({ type: "turn_started", turn, at: setup.now() });
    const end = await runTurn({
      setup,
      record,
      emit,
      text,
      interrupt: interrupt.signal,
      takeSteers: () => steers.splice(0),
      wire: (messages, signal) => {
        wire ??= openWire(messages, signal).catch((error: unknown) => {
          // The server may be there again in the next turn.
          wire = undefined;
          throw error;
        });
        return wire;
      },
    });
    await finishTurn(end);
  };

  const finishTurn = async (end: TurnEnd): Promise<void> => {
    const { reason, detail, usage } = end;
    const outcome: { reason: StopReason; detail?: string } = { reason, ...(detail && { detail }) };
    await setup.journal?.append({ type: "turn_completed", turn, ...outcome, usage, at: setup.now() });
    emit({ type: "turn.completed", turn, ...outcome, usage });
  };

  const drain = async (): Promise<void> => {
    for (let text = inputs.shift(); text !== undefined; text = inputs.shift()) {
      running = new AbortController();
      await startTurn(text, running);
      // What came after the turn's last look at them is not lost: it becomes a turn of its own.
      inputs.unshift(...steers.splice(0));
    }
    running = undefined;
  };

  return {
    id: setup.id,
    items: record.items,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    submit(submission) {
      if (submission.type === "interrupt") running?.abort(new HalterError("cancelled", "interrupted"));
      else if (submission.type === "steer" && running) steers.push(submission.text);
      else {
        inputs.push(submission.text);
        if (!running) {
          running = new AbortController();
          idle = drain();
        }
      }
    },
    async *run(text) {
      const queue = createQueue<ThreadEvent>();
      const stop = this.subscribe((event) => {
        queue.push(event);
        if (event.type === "turn.completed") queue.end();
      });
      try {
        this.submit({ type: "user_input", text });
        idle.catch((error: unknown) => queue.fail(error));
        yield* queue;
      } finally {
        stop();
      }
    },
    async close() {
      inputs.length = 0;
      steers.length = 0;
      running?.abort(new HalterError("cancelled", "closed"));
      await idle.catch(() => {});
      await setup.journal?.close();
      await setup.backend.close();
    },
  };
}
