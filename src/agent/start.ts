import { realpath } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { assembleSystem, systemSections } from "../context/index.ts";
import { createJournal, type Journal, openJournal, recoverItems } from "../journal/index.ts";
import { type CommandRunnerOptions, createCommandRunner, createTools } from "../tools/index.ts";
import { type Backend, HalterError, type Sampling, type ThreadHeader, type Wire } from "../types/index.ts";
import { createCallIds, randomCallId } from "./call-ids.ts";
import { readInstructions } from "./environment.ts";
import { knowModel, type LearnFormat, type OwnProfile } from "./family.ts";
import { DEFAULT_LIMITS, type Limits, type Thinking, type ThreadSetup } from "./options.ts";
import { openThread, type Thread } from "./thread.ts";
import type { TraceSink } from "./trace-sink.ts";

/** What a caller chooses for a thread; everything but backend and workspace has a default. */
export interface ThreadOptions {
  /** A connected backend; its `onTrace` should be `traceSink.write` where a trace is wanted. The thread closes it. */
  readonly backend: Backend;
  /** Folder the agent works in. */
  readonly workspace: string;
  /** Folder of journals and traces; undefined: nothing is written down. */
  readonly stateDir?: string;
  readonly wire?: Wire | "auto";
  readonly sampling?: Sampling;
  readonly thinking?: Thinking;
  /** Goes before what the model's profile says. */
  readonly ownProfile?: OwnProfile;
  /** Asked for the format of a model that no profile fits; undefined: such a model is read in every notation there is. */
  readonly learnFormat?: LearnFormat;
  readonly limits?: Partial<Limits>;
  readonly sandbox?: CommandRunnerOptions["sandbox"];
  /** Commands that may run where there is no sandbox, by prefix. */
  readonly allowedCommands?: readonly string[];
  /** Environment of shell commands. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly traceSink?: TraceSink;
  /** What the backend's server was started for, where it was; written down so that the thread can go on without being told. */
  readonly startedModel?: string;
  /** Milliseconds since the epoch; default: the clock. */
  readonly now?: () => number;
  /** Waits before a busy server is asked again; default: a timer. */
  readonly pause?: ThreadSetup["pause"];
}

type CommandRunner = Awaited<ReturnType<typeof createCommandRunner>>;

/** What a thread runs on, and what a surface should tell of it. */
export interface StartedThread {
  readonly thread: Thread;
  readonly setup: ThreadSetup;
  readonly sandbox: CommandRunner["description"];
  /** How the profile was found. */
  readonly profileReason: string;
  /** How it was chosen in which format answers are read. */
  readonly familyReason: string;
  /** What had to be put right in the journal of a resumed thread. */
  readonly repaired: readonly string[];
}

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
  return closingOnFailure(journal, () => assemble(options, { header, runner, journal }));
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
  const turns = records.filter((record) => record.type === "turn_started").length;
  return closingOnFailure(journal, async () => {
    const runner = await openRunner(options, header.workspace);
    const items = recoverItems(records);
    const callIds = items.flatMap((item) => (item.type === "tool_call" ? [item.call.id] : []));
    const parts = { header, runner, journal, earlierTurns: turns, callIds };
    const started = await assemble({ ...options, ...(wire && { wire }) }, parts);
    return { ...started, thread: openThread(started.setup, items, turns), repaired };
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

/** Folder of the threads' journals below a state folder. */
export function threadsDir(stateDir: string): string {
  return path.join(stateDir, "threads");
}

function openRunner(options: ThreadOptions, workspace: string): Promise<CommandRunner> {
  return createCommandRunner({
    workspace,
    sandbox: options.sandbox ?? "auto",
    allowedPrefixes: options.allowedCommands ?? [],
    env: options.env ?? {},
    forbidden: forbiddenOf(options),
  });
}

function forbiddenOf({ stateDir }: ThreadOptions): string[] {
  return stateDir ? [threadsDir(stateDir)] : [];
}

interface ThreadParts {
  readonly header: ThreadHeader;
  readonly runner: CommandRunner;
  readonly journal: Journal | undefined;
  readonly earlierTurns?: number;
  /** Ids of the calls of earlier turns. */
  readonly callIds?: readonly string[];
}

async function assemble(options: ThreadOptions, parts: ThreadParts): Promise<StartedThread> {
  const { header, runner, journal, earlierTurns = 0 } = parts;
  const { backend, traceSink } = options;
  const now = options.now ?? Date.now;
  if (journal) traceSink?.openFile(path.join(path.dirname(journal.file), traceName(earlierTurns)));
  const modelHelp = { ownProfile: options.ownProfile, learnFormat: options.learnFormat };
  const known = await knowModel(backend, modelHelp);
  const setup: ThreadSetup = {
    id: header.threadId,
    createdAt: header.createdAt,
    workspace: header.workspace,
    backend,
    profile: known.profile,
    family: known.family,
    modelHelp,
    tools: createTools(),
    specs: header.tools,
    runCommand: runner.run,
    system: header.system,
    wire: options.wire ?? "auto",
    sampling: options.sampling ?? {},
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    forbidden: forbiddenOf(options),
    seen: new Map(),
    newCallId: createCallIds(parts.callIds),
    now,
    pause: options.pause ?? ((milliseconds, signal) => delay(milliseconds, undefined, { signal })),
    ...(options.thinking !== undefined && { thinking: options.thinking }),
    ...(journal && { journal }),
    ...(traceSink && { onTrace: traceSink.write }),
  };
  return {
    thread: openThread(setup),
    setup,
    sandbox: runner.description,
    profileReason: known.profileReason,
    familyReason: known.familyReason,
    repaired: [],
  };
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

/** One trace a run, so that the numbers of its model calls stay its own. */
function traceName(earlierTurns: number): string {
  return earlierTurns === 0 ? "trace.jsonl" : `trace-${earlierTurns + 1}.jsonl`;
}

/** Sorts by time, tells threads of the same second apart. */
function newThreadId(at: number): string {
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return `${stamp}-${randomCallId().slice(0, 4)}`;
}
