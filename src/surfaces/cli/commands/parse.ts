import type { DefineCommand } from "../define-command.ts";
import type { ParseFlags } from "../parse/flags.ts";

const EXAMPLES = `
Without --family, --template or --server every notation that is known is looked for.
Ends with 0 whatever the text holds, with 2 for what cannot be read: the text, a file, a server that is not there.

Examples:
  halter parse answer.txt --family hermes-json
  echo '<tool_call>{"name": "read"}</tool_call>' | halter parse --explain
  halter parse answer.txt --template chat_template.jinja --tools tools.json
  halter parse answer.txt --family my-model.json --json | jq .type
  halter parse --families | grep qwen`;

/** `halter parse`: what halter makes of a model's raw text. */
export const defineParse: DefineCommand = (program, settings) => {
  program
    .command("parse")
    .argument("[file]", "the text as the model wrote it; `-` or nothing reads stdin")
    .description("show what is read from a model's raw text: events, repairs, and what each marker did")
    .optionsGroup("How it is read:")
    .option("--family <id|file>", "a family by its id, or a JSON file of one (a parser spec, or a profile with one)")
    .option("--families", "list the ids, one a line, and read nothing")
    .option(
      "--template <place>",
      "the family of this chat template: a .jinja, a GGUF, or what else `halter template` takes",
    )
    .option("--server <url>", "the family of the model that a server runs")
    .option("--tools <file>", "JSON of the tools that the model was offered (default: halter's own)")
    .option("--thinking-open", "the prompt had opened the thinking block already")
    .optionsGroup("Output:")
    .option("--explain", "say by which rule each event came about")
    .option("--json", "events, one JSON object a line")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, flags: ParseFlags) => {
      const { runParse } = await import("../parse/index.ts");
      await runParse(settings, file, flags);
    });
};
