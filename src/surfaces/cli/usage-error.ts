import type { Command, CommanderError } from "commander";

/** A misuse in the form of all our errors: what is wrong, then a hint that leads on. */
export function wordUsageError(error: CommanderError, program: Command, args: readonly string[]): string {
  const [message = "", suggestion] = error.message.split("\n");
  const meant = /^\(Did you mean (.+)\?\)$/.exec(suggestion ?? "")?.[1];
  const command = program.commands.find((candidate) => candidate.name() === args[0]);
  const hint = meant ? `did you mean ${meant}?` : `halter ${command ? `${command.name()} ` : ""}--help`;
  return `${message}\nhint: ${hint}\n`;
}
