/** JSON Schema of a tool's parameters; `type: "object"` at the top. */
export interface ParameterSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ParameterSchema>>;
  readonly required?: readonly string[];
  readonly items?: ParameterSchema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ParameterSchema[];
  readonly description?: string;
  readonly [keyword: string]: unknown;
}

/** What the model is told of a tool. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly parameters: ParameterSchema;
}

/** What the model asks for. `arguments` stays the JSON text of one object, so that what was asked is what is replayed. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** How a parser found a call in the model's text. `native`: in the family's own markers. */
export type ParsedNotation = "native" | "fenced" | "bare";

/**
 * How a call came about. `server`: parsed by a chat endpoint; `file_block`: a whole file in a code fence; `check`: a
 * command that the harness ran by itself. The last two are no calls for the template: their results come as a user message.
 */
export type CallNotation = ParsedNotation | "server" | "file_block" | "check";

/** Why a call cannot be run as it stands. */
export type Malformed =
  | { readonly type: "cut" }
  | { readonly type: "bad_arguments"; readonly detail: string }
  | { readonly type: "unknown_tool"; readonly name: string }
  | { readonly type: "missing_name" };

/** What a tool gives back; `text` is what the model reads. */
export interface ToolResult {
  readonly text: string;
  readonly isError: boolean;
  /** The whole output where `text` was capped; kept in the journal, not in the prompt. */
  readonly fullText?: string;
  /** What a command printed, as it came and as far as it was kept; absent where none ran. Kept as `fullText` is. */
  readonly output?: string;
  readonly exitCode?: number;
  /** The command may not run, or cannot be started: it did not run, and would not if it were tried again. */
  readonly refused?: true;
  readonly changes?: readonly FileChange[];
  readonly todos?: readonly TodoEntry[];
}

/** A file that a tool changed; `path` relative to the workspace, `diff` in unified format. */
export interface FileChange {
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
  readonly diff: string;
}

export interface TodoEntry {
  readonly text: string;
  readonly completed: boolean;
}

/** What a tool may use of the world. Paths given to a tool are relative to `workspace` or absolute inside it. */
export interface ToolContext {
  /** Absolute, links resolved. */
  readonly workspace: string;
  readonly signal: AbortSignal;
  /** The most characters that a result may bring into the prompt. */
  readonly outputLimit: number;
  /** Files the thread has read or written, absolute path to the SHA-256 of what it saw. */
  readonly seen: Map<string, string>;
  /** Runs a shell command; refuses what is not allowed. */
  readonly runCommand: RunCommand;
  /** Absolute folders inside the workspace that no tool may touch. */
  readonly forbidden: readonly string[];
  /** Called with partial output while the tool runs. */
  readonly onOutput?: (text: string) => void;
}

/** Runs `command` under bash in the workspace; never throws for a failing command. `output` is stdout and stderr in order. */
export type RunCommand = (command: string, options: RunCommandOptions) => Promise<CommandResult>;

export interface RunCommandOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly onOutput?: (text: string) => void;
}

export interface CommandResult {
  readonly output: string;
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  /** Set when the command was refused before it ran; says why and what would allow it. */
  readonly refused?: string;
}

/**
 * A tool as the agent runs it. `run` gets arguments that fit `spec.parameters` (already coerced); mistakes of the
 * model come back as `isError` results, never as exceptions.
 */
export interface Tool {
  readonly spec: ToolSpec;
  /** Read-only calls of one step run side by side. */
  readonly readOnly: boolean;
  run(input: Readonly<Record<string, unknown>>, context: ToolContext): Promise<ToolResult>;
}
