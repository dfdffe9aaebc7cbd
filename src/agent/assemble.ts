import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Journal } from "../journal/index.ts";
import { type CommandRunner, createCommandRunner } from "../tools/index.ts";
import type { GeneratedAnswer, Item, ThreadHeader } from "../types/index.ts";
import { createCallIds } from "./call-ids.ts";
import { knowModel } from "./family.ts";
import { DEFAULT_LIMITS, type ThreadSetup } from "./options.ts";
import { openThread } from "./thread.ts";
import { type StartedThread, type ThreadOptions, threadsDir } from "./thread-options.ts";

/** What a thread is made of beside what its caller chose. */
export interface ThreadParts {
  readonly header: ThreadHeader;
  readonly tools: ThreadSetup["tools"];
  readonly runner: CommandRunner;
  readonly journal: Journal | undefined;
  /** Of a resumed thread. */
  readonly past?: Past;
}

interface Past {
  readonly items: readonly Item[];
  readonly turns: number;
  readonly answers: readonly GeneratedAnswer[];
}

const NONE: Past = { items: [], turns: 0, answers: [] };

/** Puts together what a thread runs on, and opens it. */
export async function assemble(options: ThreadOptions, parts: ThreadParts): Promise<StartedThread> {
  const { header, tools, runner, journal, past = NONE } = parts;
  const { backend, traceSink } = options;
  const now = options.now ?? Date.now;
  if (journal) traceSink?.openFile(path.join(path.dirname(journal.file), traceName(past.turns)));
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
    tools,
    specs: header.tools,
    runCommand: runner.run,
    system: header.system,
    wire: options.wire ?? "auto",
    sampling: options.sampling ?? {},
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    forbidden: forbiddenOf(options),
    earlierAnswers: past.answers,
    seen: new Map(),
    newCallId: createCallIds(past.items.flatMap((item) => (item.type === "tool_call" ? [item.call.id] : []))),
    now,
    pause: options.pause ?? ((milliseconds, signal) => delay(milliseconds, undefined, { signal })),
    ...(options.thinking !== undefined && { thinking: options.thinking }),
    ...(journal && { journal }),
    ...(traceSink && { onTrace: traceSink.write }),
  };
  return {
    thread: openThread(setup, past.items, past.turns),
    setup,
    sandbox: runner.description,
    profileReason: known.profileReason,
    familyReason: known.familyReason,
    repaired: [],
  };
}

/** Opens what runs a thread's shell commands. Throws `HalterError` where a required sandbox is missing. */
export function openRunner(options: ThreadOptions, workspace: string): Promise<CommandRunner> {
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

/** One trace a run, so that the numbers of its model calls stay its own. */
function traceName(earlierTurns: number): string {
  return earlierTurns === 0 ? "trace.jsonl" : `trace-${earlierTurns + 1}.jsonl`;
}
