import type { DefineCommand } from "../define-command.ts";

/** `halter template list`: the templates that are known by fingerprint. */
export const defineList: DefineCommand = (program) => {
  program
    .command("list [family]")
    .description("list the templates that are known by their fingerprint, and their families")
    .option("--json", "one JSON object a line")
    .addHelpText("after", "\nExamples:\n  halter template list\n  halter template list qwen")
    .action(async (family: string | undefined, flags: { readonly json?: boolean }) => {
      const { runList } = await import("./list.ts");
      runList(family, flags);
    });
};
