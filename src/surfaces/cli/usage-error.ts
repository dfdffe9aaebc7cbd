import type { Command, CommanderError } from "commander";
import { HalterError } from "../../types/error.ts";

/** A misuse in the form of all our errors: what is wrong, then a hint that leads on. */
export function wordUsageError(error: CommanderError, program: Command, args: readonly string[]): string {
  const [message = "", suggestion] = error.message.split("\n");
  const meant = /^\(Did you mean (.+)\?\)$/.exec(suggestion ?? "")?.[1];
  const hint = meant ? `did you mean ${meant}?` : ["halter", ...commandPath(program, args), "--help"].join(" ");
  return `${message}\nhint: ${hint}\n`;
}

/** The names of the command that was meant and of the groups it stands in: `template check`. */
function commandPath(program: Command, [name, ...rest]: readonly string[]): readonly string[] {
  const command = program.commands.find((candidate) => candidate.name() === name);
  return command ? [command.name(), ...commandPath(command, rest)] : [];
}

/** What went wrong with a place that an argument or flag names, as a misuse: such commands end with 2 for what cannot be read. */
export function asUsage(error: unknown, hint?: string): unknown {
  if (!(error instanceof HalterError) || error.code === "cancelled") return error;
  const shown = hint ?? error.hint;
  return new HalterError("usage", error.message, { ...(shown !== undefined && { hint: shown }), cause: error });
}
