import { HalterError } from "../../../types/error.ts";
import type { DefineCommand } from "../define-command.ts";

/** `halter rules`: what `halter template check` looks for. */
export const defineRules: DefineCommand = (program, settings) => {
  const rules = program
    .command("rules")
    .description("the rules that chat templates are checked by")
    .addHelpText("after", "\nExamples:\n  halter rules list\n  halter rules explain F16");

  rules
    .command("list", { isDefault: true })
    .description("list them")
    .option("--json", "one JSON object a line")
    .addHelpText(
      "after",
      "\nExamples:\n  halter rules list\n  halter rules list --json | jq -r 'select(.severity == \"security\") | .id'",
    )
    .action(async (flags: { readonly json?: boolean }) => {
      const { templateRules } = await import("../../../inspect/templates.ts");
      const { ruleLine } = await import("../template/rule-text.ts");
      for (const rule of templateRules) {
        const { check: _, ...data } = rule;
        process.stdout.write(`${flags.json ? JSON.stringify(data) : ruleLine(rule, settings.color.stdout)}\n`);
      }
    });

  rules
    .command("explain <id>")
    .description("say what one demands, why, and what to do")
    .addHelpText("after", "\nExamples:\n  halter rules explain F16\n  halter rules explain t03")
    .action(async (id: string) => {
      const { templateRules } = await import("../../../inspect/templates.ts");
      const { explainRule } = await import("../template/rule-text.ts");
      const rule = templateRules.find((candidate) => candidate.id === id.toUpperCase());
      if (!rule) throw new HalterError("usage", `there is no rule ${id}`, { hint: "halter rules list" });
      process.stdout.write(explainRule(rule, settings.color.stdout));
    });
};
