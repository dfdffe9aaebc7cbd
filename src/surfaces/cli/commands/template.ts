import type { DefineCommand } from "../define-command.ts";
import { templateCommands } from "../template/commands.ts";

/** `halter template`: looks into chat templates. */
export const defineTemplate: DefineCommand = (program, settings, exit) => {
  const group = program
    .command("template")
    .description("check, render and compare chat templates of files, GGUFs and servers")
    .addHelpText(
      "after",
      "\nExamples:\n  halter template check model.gguf\n  halter template render chat_template.jinja --messages chat.json --parts",
    );
  for (const define of templateCommands) define(group, settings, exit);
};
