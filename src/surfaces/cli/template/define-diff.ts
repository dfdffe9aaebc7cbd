import type { DefineCommand } from "../define-command.ts";

const EXAMPLES = `
Ends with 0 where they agree, 1 where they differ, 2 for what cannot be read.

Examples:
  halter template diff mine.jinja upstream.jinja
  halter template diff model-Q4_K_M.gguf tokenizer_config.json`;

/** `halter template diff`: the same conversations through two templates. */
export const defineDiff: DefineCommand = (program, settings, exit) => {
  program
    .command("diff <a> <b>")
    .description("render the same conversations with two templates: white space, text, or tools alone?")
    .option("--json", "one JSON object")
    .addHelpText("after", EXAMPLES)
    .action(async (a: string, b: string, flags: { readonly json?: boolean }) => {
      const { runDiff } = await import("./diff.ts");
      exit(await runDiff(settings, a, b, flags));
    });
};
