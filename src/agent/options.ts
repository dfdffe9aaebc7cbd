import type { Journal } from "../journal/index.ts";
import type {
  Backend,
  GeneratedAnswer,
  ModelProfile,
  OnTrace,
  ParserSpec,
  RunCommand,
  Sampling,
  Tool,
  ToolSpec,
  Wire,
} from "../types/index.ts";
import type { ModelHelp } from "./family.ts";

/** Bounds of a turn. */
export interface Limits {
  /** Model calls. */
  readonly maxSteps: number;
  /** Seconds; undefined: no bound. */
  readonly maxSeconds?: number;
  /** Tokens of one answer; undefined: a share of the window. */
  readonly answerTokens?: number;
}

/** What a turn may take where nothing is said. */
export const DEFAULT_LIMITS: Limits = { maxSteps: 50 };

/** `on` and `off` set the model's own switch; a number is a budget in tokens, 0 meaning off. */
export type Thinking = "on" | "off" | number;

/** Everything a thread runs on; nothing in here is read from the environment. */
export interface ThreadSetup {
  readonly id: string;
  /** Milliseconds since the epoch; templates that print a date print this one for the whole life of the thread. */
  readonly createdAt: number;
  /** Absolute, links resolved. */
  readonly workspace: string;
  readonly backend: Backend;
  readonly profile: ModelProfile;
  /** What is known beforehand of whatever model answers. */
  readonly modelHelp: ModelHelp;
  /** How the model's answers are read. */
  readonly family: ParserSpec;
  readonly tools: readonly Tool[];
  /** What prompts tell of the tools, as it was when the thread began: the front of a prompt never changes. */
  readonly specs: readonly ToolSpec[];
  readonly runCommand: RunCommand;
  /** The system message's text, frozen for the thread. */
  readonly system: string;
  readonly wire: Wire | "auto";
  readonly sampling: Sampling;
  readonly thinking?: Thinking;
  readonly limits: Limits;
  /** Folders that no tool may touch. */
  readonly forbidden: readonly string[];
  /** Files the thread has seen, absolute path to SHA-256. */
  readonly seen: Map<string, string>;
  /** The id of the next call; `written`: the one that the model wrote. */
  readonly newCallId: (written?: string) => string;
  /** What the model answered before the thread was resumed. */
  readonly earlierAnswers: readonly GeneratedAnswer[];
  readonly journal?: Journal;
  readonly onTrace?: OnTrace;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, rejects as soon as `signal` aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}
