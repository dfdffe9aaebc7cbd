import type { LearnFormat, StartedThread, ThreadOptions } from "../../agent/index.ts";
import { createTraceSink } from "../../agent/trace-sink.ts";
import type { OnTrace, Sampling, ThreadHeader } from "../../types/index.ts";
import { type Connection, connect } from "./connect.ts";
import { type Executed, type ExecuteOptions, executeTurn } from "./execute.ts";
import { tellOtherModel } from "./other-model.ts";
import { plain } from "./plain.ts";
import type { RunFlags } from "./run-flags.ts";
import type { Settings } from "./settings.ts";

export interface WithThreadOptions {
  /** Thread to go on with in place of a new one. */
  readonly resume?: ThreadHeader;
  readonly onEvent?: ExecuteOptions["onEvent"];
  /** Gives the server in place of the one that the flags find or start. */
  readonly connect?: (onTrace: OnTrace) => Promise<Connection>;
}

/** Connects, opens a thread, runs one turn and closes everything again. Resolves to how it ended. */
export async function withThread(
  settings: Settings,
  flags: RunFlags,
  task: string,
  options: WithThreadOptions = {},
): Promise<Executed> {
  const { profile } = flags;
  // Before a server is looked for or started: a file that is wrong needs none.
  const ownProfile =
    profile === undefined ? undefined : await (await import("./own-profile.ts")).readOwnProfile(profile);
  const traceSink = createTraceSink();
  const connection = await (options.connect?.(traceSink.write) ?? connect(settings, flags, traceSink.write));
  try {
    // Loaded only now, so that the server is asked before the larger part of the program is there.
    const { resumeThread, startThread } = await import("../../agent/index.ts");
    const { backend, startedModel } = connection;
    const threadOptions = {
      ...(ownProfile && { ownProfile }),
      ...threadOptionsOf(settings, flags),
      learnFormat,
      backend,
      traceSink,
      ...(startedModel !== undefined && { startedModel }),
    };
    const { resume } = options;
    const started = await (resume ? resumeThread(resume.threadId, threadOptions) : startThread(threadOptions));
    tellStart(started, flags);
    if (resume && resume.model !== backend.info.model) tellChange(resume.model, backend.info.model);
    // What a thread was begun with is laid below the flags; nobody asked for it by name.
    if (!startedModel && flags.model !== resume?.model) tellOtherModel(backend.info, flags.model);
    try {
      const { onEvent } = options;
      const done = await executeTurn(started, task, {
        json: flags.json === true,
        settings,
        ...(onEvent && { onEvent }),
      });
      return done;
    } finally {
      await started.thread.close();
    }
  } finally {
    await traceSink.close();
    await connection.release();
  }
}

const learnFormat: LearnFormat = async (facts) => (await import("../../inspect/learn/format.ts")).learnFormat(facts);

function threadOptionsOf(settings: Settings, flags: RunFlags): Omit<ThreadOptions, "backend"> & { stateDir: string } {
  const sampling: Sampling = {
    ...flags.set,
    ...(flags.temp !== undefined && { temperature: flags.temp }),
    ...(flags.seed !== undefined && { seed: flags.seed }),
  };
  return {
    workspace: flags.C ?? ".",
    stateDir: settings.stateDir,
    wire: flags.wire,
    sampling,
    limits: {
      ...(flags.maxSteps !== undefined && { maxSteps: flags.maxSteps }),
      ...(flags.time !== undefined && { maxSeconds: flags.time }),
      ...(flags.maxTokens !== undefined && { answerTokens: flags.maxTokens }),
    },
    sandbox: flags.sandbox ? "auto" : "off",
    allowedCommands: flags.allow ?? [],
    env: settings.env,
    ...(flags.thinking !== undefined && { thinking: flags.thinking }),
  };
}

function tellStart({ sandbox, repaired }: StartedThread, flags: RunFlags): void {
  // Who gave `--no-sandbox` knows it.
  if (sandbox.type === "none" && flags.sandbox) {
    const install = sandbox.installHint === undefined ? "" : `${sandbox.installHint}, or `;
    process.stderr.write(`warning: no sandbox for shell commands: ${plain(sandbox.reason)}\n`);
    process.stderr.write(`hint: ${install}allow commands with --allow 'npm test', or all of them with --no-sandbox\n`);
  }
  for (const text of repaired) process.stderr.write(`note: ${text}\n`);
}

function tellChange(earlier: string, now: string): void {
  process.stderr.write(`note: this thread was begun with ${plain(earlier)}; ${plain(now)} goes on with it\n`);
}
