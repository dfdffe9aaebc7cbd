import { Command, CommanderError } from "commander";
import { HalterError } from "../../types/error.ts";
import { commands } from "./commands/index.ts";
import { handleOutputErrors } from "./output-errors.ts";
import { plain } from "./plain.ts";
import { readSettings } from "./settings.ts";
import { ERASE } from "./status-line.ts";
import { wordUsageError } from "./usage-error.ts";

/** Runs the command line and resolves to the exit status: 0 done, 1 failed, 2 usage, 3 a limit, 130 interrupted. */
export async function main(args: readonly string[]): Promise<number> {
  let status = 0;
  const program = new Command("halter")
    .description("A llama's harness: a coding agent for local models behind llama-server or Ollama.")
    .version(await readVersion())
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  handleOutputErrors();
  try {
    const settings = readSettings();
    for (const define of commands) {
      define(program, settings, (code) => {
        status = code;
      });
    }
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return 2;
    }
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // A group without a command has shown its help.
      if (error.code === "commander.help") return 2;
      process.stderr.write(wordUsageError(error, program, args));
      return 2;
    }
    if (!(error instanceof HalterError)) throw error;
    // Ctrl-C is no failure; a terminal has written ^C.
    const opening = error.code !== "cancelled" ? "error: " : process.stderr.isTTY ? ERASE : "";
    process.stderr.write(`${opening}${plain(error.message)}\n${error.hint ? `hint: ${plain(error.hint)}\n` : ""}`);
    if (args.includes("--json")) process.stdout.write(`${JSON.stringify({ type: "error", message: error.message })}\n`);
    if (error.code === "cancelled") return 130;
    return error.code === "usage" ? 2 : 1;
  }
}

const EXAMPLES = `
Examples:
  halter demo                                         watch it mend a small repository
  halter run "make the failing test pass"             with the server that is running
  halter run --model qwen2.5-coder-1.5b "…"           with an engine and a model of its own
  halter resume --last "now add a test for it"
  halter doctor                                       what works, what does not, what to do next`;

async function readVersion(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(new URL("../../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
