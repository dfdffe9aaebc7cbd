import { realpath } from "node:fs/promises";
import { assembleSystem, systemSections } from "../context/index.ts";
import { createJournal, type Journal, openJournal, recoverItems } from "../journal/index.ts";
import { createTools } from "../tools/index.ts";
import { HalterError, type ThreadHeader } from "../types/index.ts";
import { assemble, openRunner } from "./assemble.ts";
import { randomCallId } from "./call-ids.ts";
import { readInstructions } from "./environment.ts";
import { type StartedThread, type ThreadOptions, threadsDir } from "./thread-options.ts";

/**
 * Begins a new thread in a workspace. Throws `HalterError` when the workspace cannot be read, or a required sandbox is missing.
 */
export async function startThread(options: ThreadOptions): Promise<StartedThread> {
  const workspace = await resolveWorkspace(options.workspace);
  const now = options.now ?? Date.now;
  const tools = createTools();
  const { startedModel, thinking } = options;
  const { kind, model, baseUrl } = options.backend.info;
  const header: ThreadHeader = {
    version: 1,
    threadId: newThreadId(now()),
    workspace,
    createdAt: now(),
    model,
    ...(startedModel !== undefined && { startedModel }),
    ...(startedModel === undefined && kind !== "replay" && { baseUrl }),
    ...(thinking !== undefined && { thinking }),
    system: assembleSystem(systemSections({ instructions: await readInstructions(workspace) })),
    tools: tools.map((tool) => tool.spec),
  };
  const runner = await openRunner(options, workspace);
  const journal = options.stateDir ? await createJournal(threadsDir(options.stateDir), header) : undefined;
  return closingOnFailure(journal, () => assemble(options, { header, tools, runner, journal }));
}

/**
 * Goes on with a thread of `stateDir`: same system message, same tools, same wire. Throws `thread_not_found`, `locked` or `journal_damaged`.
 */
export async function resumeThread(
  threadId: string,
  options: ThreadOptions & { readonly stateDir: string },
): Promise<StartedThread> {
  const { journal, header, records, repaired } = await openJournal(threadsDir(options.stateDir), threadId);
  const wire = records.findLast((record) => record.type === "wire")?.wire;
  return closingOnFailure(journal, async () => {
    const runner = await openRunner(options, header.workspace);
    const past = {
      items: recoverItems(records),
      turns: records.filter((record) => record.type === "turn_started").length,
      answers: records.flatMap((record) => (record.type === "step" && record.answer ? [record.answer] : [])),
    };
    const parts = { header, tools: createTools(), runner, journal, past };
    const started = await assemble({ ...options, ...(wire && { wire }) }, parts);
    return { ...started, repaired };
  });
}

/** A thread that cannot be started must not stay locked. */
async function closingOnFailure<T>(journal: Journal | undefined, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    await journal?.close();
    throw error;
  }
}

async function resolveWorkspace(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (cause) {
    throw new HalterError("usage", `the folder ${folder} cannot be read`, {
      cause,
      hint: "name an existing folder with -C",
    });
  }
}

/** Sorts by time, tells threads of the same second apart. */
function newThreadId(at: number): string {
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return `${stamp}-${randomCallId().slice(0, 4)}`;
}
