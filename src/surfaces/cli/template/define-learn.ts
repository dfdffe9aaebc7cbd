import type { DefineCommand } from "../define-command.ts";
import { addPlace } from "./flags.ts";
import type { LearnFlags } from "./learn.ts";

const EXAMPLES = `
Renders pairs of conversations that differ in one thing and reads the format off the differences. The parser spec it prints can stand
in a profile, and serves \`halter parse --family FILE\`.

Examples:
  halter template learn chat_template.jinja
  halter template learn model.gguf --out my-model.json
  halter parse answer.txt --family my-model.json`;

/** `halter template learn`: the output format that a template teaches, as data. */
export const defineLearn: DefineCommand = (program, settings, exit) => {
  addPlace(program.command("learn"))
    .description("learn from a template how its model writes reasoning and calls, and print a parser for it")
    .optionsGroup("Output:")
    .option("--json", "one JSON object: the spec, the differences, and what the spec was tried on")
    .option("--out <file>", "write the parser spec to this file")
    .addHelpText("after", EXAMPLES)
    .action(async (place: string | undefined, flags: LearnFlags) => {
      const { runLearn } = await import("./learn.ts");
      exit(await runLearn(settings, place, flags));
    });
};
