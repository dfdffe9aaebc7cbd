import { cp, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { inject, onTestFinished } from "vitest";
import { type StartedThread, startThread, type ThreadOptions, threadsDir } from "../../src/agent/index.ts";
import { discover } from "../../src/backends/index.ts";
import { toMessages } from "../../src/context/index.ts";
import { openJournal, recoverItems } from "../../src/journal/index.ts";
import { lintMessages } from "../../src/templates/index.ts";
import type { ThreadEvent } from "../../src/types/index.ts";

const live = inject("live");

/** Why live tests cannot run here; undefined when they can. */
export const skipReason = "skip" in live ? live.skip : undefined;

/** Address of the engine that all live tests share. */
export const baseUrl = "baseUrl" in live ? live.baseUrl : "";

/** A thread with the real model in a copy of `repo`, or in an empty folder; all of it goes with the test. */
export async function liveThread(
  options: Partial<ThreadOptions> & { readonly repo?: string },
): Promise<StartedThread & { readonly folder: string; readonly stateDir: string }> {
  const { repo, ...rest } = options;
  const root = await realpath(await mkdtemp(path.join(os.tmpdir(), "halter-live-")));
  const folder = path.join(root, "work");
  const stateDir = path.join(root, "state");
  await mkdir(folder);
  if (repo) await cp(repo, folder, { recursive: true });
  const backend = await discover({ baseUrl, now: Date.now });
  const started = await startThread({
    backend,
    workspace: folder,
    stateDir,
    sandbox: "auto",
    allowedCommands: ["npm test", "node", "python3", "sh"],
    env: { ...process.env },
    sampling: { temperature: 0, seed: 1 },
    ...rest,
  });
  onTestFinished(async () => {
    await started.thread.close();
    await rm(root, { recursive: true, force: true });
  });
  return { ...started, folder, stateDir };
}

export type TurnEnd = Extract<ThreadEvent, { type: "turn.completed" }>;

/** Runs one turn to its end; `onEvent` may submit to the thread. */
export async function runTurn(
  started: StartedThread,
  task: string,
  onEvent?: (event: ThreadEvent) => void,
): Promise<TurnEnd> {
  let end: TurnEnd | undefined;
  for await (const event of started.thread.run(task)) {
    onEvent?.(event);
    if (event.type === "turn.completed") end = event;
  }
  if (!end) throw new Error("the turn did not end");
  return end;
}

/** What the journal of a closed thread would be resumed with; its problems for a server, by rule. */
export async function journalProblems(started: StartedThread & { readonly stateDir: string }): Promise<string[]> {
  const { journal, header, records } = await openJournal(threadsDir(started.stateDir), started.thread.id);
  await journal.close();
  const items = recoverItems(records);
  if (items.length !== started.thread.items.length) return ["items are missing"];
  const messages = toMessages(header.system, items, started.setup.profile.textCalls);
  return lintMessages(messages).flatMap(({ rule }) => (rule === "two_assistants_last" ? [] : [rule]));
}

/** What the server's one slot holds when it has fallen idle; fails where it is still busy after two minutes. */
export async function idleSlot(): Promise<{ readonly heldTokens: number; readonly decodedTokens: number }> {
  const until = Date.now() + 120_000;
  while (Date.now() < until) {
    const [slot] = (await (await fetch(`${baseUrl}/slots`)).json()) as Slot[];
    if (slot && !slot.is_processing)
      return { heldTokens: slot.n_prompt_tokens ?? 0, decodedTokens: slot.next_token?.[0]?.n_decoded ?? 0 };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the slot is still busy");
}

/** A row of `/slots`; the counts are there once the slot was used. */
interface Slot {
  readonly is_processing: boolean;
  readonly n_prompt_tokens?: number;
  readonly next_token?: readonly { readonly n_decoded: number }[];
}
