import type { CommandResult } from "../types/index.ts";
import { mistake, objectSchema, type ToolDefinition } from "./definition.ts";
import { capOutput } from "./output.ts";

interface ShellInput {
  readonly command: string;
  readonly timeout_seconds?: number;
}

const DEFAULT_SECONDS = 120;
const MOST_SECONDS = 1800;

/** Runs a command; a command that fails is an error whose output the model reads. */
export const shell: ToolDefinition = {
  name: "shell",
  readOnly: false,
  parameters: objectSchema({ command: { type: "string" }, timeout_seconds: { type: "integer" } }, ["command"]),
  async run(input, context) {
    const { command, timeout_seconds = DEFAULT_SECONDS } = input as unknown as ShellInput;
    if (command.trim() === "") return mistake("The command is empty.");
    const seconds = Math.min(MOST_SECONDS, Math.max(1, timeout_seconds));
    const result = await context.runCommand(command, {
      timeoutMs: seconds * 1000,
      signal: context.signal,
      ...(context.onOutput && { onOutput: context.onOutput }),
    });
    if (result.refused !== undefined) return { ...mistake(result.refused), refused: true };
    const output = result.output.trimEnd();
    const { text } = capOutput(output, context.outputLimit, "pipe the command into grep, head or tail for more");
    const outcome = outcomeOf(result, seconds);
    return {
      text: output === "" ? `${outcome}, no output` : `${outcome}\n${text}`,
      output: result.output,
      isError: result.exitCode !== 0 || result.timedOut || result.cancelled,
      ...(result.exitCode !== undefined && { exitCode: result.exitCode }),
    };
  },
};

function outcomeOf({ timedOut, cancelled, exitCode }: CommandResult, seconds: number): string {
  if (cancelled) return "cancelled";
  if (timedOut) return `stopped after ${seconds} s (timeout_seconds)`;
  return exitCode === undefined ? "killed by a signal" : `exit code ${exitCode}`;
}
