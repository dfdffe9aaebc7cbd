import type { DefineCommand } from "../define-command.ts";
import { addPlace, type CheckFlags } from "./flags.ts";

const EXAMPLES = `
Ends with 0 where no error is found, 1 for errors and breaches of security, 2 for what cannot be read.
A known defect of a published template counts too, for it harms like any other; it is marked as known. What shall not count is
suppressed, by a file with a rule and the reason a line: F06 our agent never sends text beside calls

Examples:
  halter template check chat_template.jinja
  halter template check qwen3.gguf --server http://127.0.0.1:8080
  halter template check ollama:qwen3:0.6b --all
  halter template check templates/*.jinja --json
  halter template check mine.jinja --reference upstream.jinja --tools tools.json --sarif out.sarif`;

/** `halter template check`: runs the rules. */
export const defineCheck: DefineCommand = (program, settings, exit) => {
  addPlace(program.command("check"), "[places...]")
    .description("find what is wrong with chat templates")
    .optionsGroup("What is looked at:")
    .option("--reference <place>", "a known-good template of the same family to compare with")
    .option("--tools <file>", "JSON of the tools that you offer: their schemas are checked too")
    .option("--suppress <file>", "findings that do not matter here, each with its reason")
    .optionsGroup("Output:")
    .option("--all", "facts, suppressed findings and skipped rules too")
    .option("--json", "one JSON object a template, each on a line")
    .option("--sarif <file>", "write the findings as SARIF 2.1.0 too, for code scanning")
    .addHelpText("after", EXAMPLES)
    .action(async (places: readonly string[], flags: CheckFlags) => {
      const { runCheck } = await import("./check.ts");
      exit(await runCheck(settings, places, flags));
    });
};
