import path from "node:path";
import type { CommandRunner, CommandRunnerOptions } from "../tools/index.ts";
import type { Backend, Sampling, Wire } from "../types/index.ts";
import type { LearnFormat, OwnProfile } from "./family.ts";
import type { Limits, Thinking, ThreadSetup } from "./options.ts";
import type { Thread } from "./thread.ts";
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

/** Folder of the threads' journals below a state folder. */
export function threadsDir(stateDir: string): string {
  return path.join(stateDir, "threads");
}
