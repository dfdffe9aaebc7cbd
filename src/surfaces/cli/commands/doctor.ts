import type { Check } from "../../../inspect/index.ts";
import { HalterError } from "../../../types/error.ts";
import type { DefineCommand } from "../define-command.ts";
import { tellOtherModel } from "../other-model.ts";
import { plain } from "../plain.ts";
import { addServerFlags, type ServerFlags } from "../run-flags.ts";

const MARKS: Readonly<Record<Check["status"], string>> = { pass: "✓", warn: "!", fail: "✗" };

/** `halter doctor`: the chain link by link, with one next action for each trouble. */
export const defineDoctor: DefineCommand = (program, settings, exit) => {
  addServerFlags(program.command("doctor"))
    .description("look along the chain: server, template, prompt, inference, this machine")
    .optionsGroup("Output:")
    .option("--json", "one JSON object a line")
    .addHelpText(
      "after",
      "\nExamples:\n  halter doctor\n  halter doctor --model qwen2.5-coder-1.5b\n  halter doctor --base-url http://127.0.0.1:8080 --json",
    )
    .action(async (flags: ServerFlags & { readonly json?: boolean }) => {
      const { styleText } = await import("node:util");
      const { checkMachine } = await import("../machine.ts");
      let failed = false;
      const show = (check: Check): void => {
        failed ||= check.status === "fail";
        if (flags.json) return void process.stdout.write(`${JSON.stringify(check)}\n`);
        const color = check.status === "pass" ? "green" : check.status === "warn" ? "yellow" : "red";
        const mark = settings.color.stdout
          ? styleText(color, MARKS[check.status], { validateStream: false })
          : MARKS[check.status];
        process.stdout.write(`${mark} ${check.link.padEnd(9)} ${plain(check.text)}\n`);
        if (check.next) process.stdout.write(`  ${"".padEnd(9)} next: ${plain(check.next)}\n`);
      };
      await examineServer(settings, flags, show);
      const { checkRecovery } = await import("../../../inspect/index.ts");
      for (const check of await checkRecovery(settings.stateDir)) show(check);
      for await (const check of checkMachine(settings)) show(check);
      exit(failed ? 1 : 0);
    });
};

async function examineServer(
  settings: Parameters<DefineCommand>[1],
  flags: ServerFlags,
  show: (check: Check) => void,
): Promise<void> {
  const { examine, fail } = await import("../../../inspect/index.ts");
  const { connect } = await import("../connect.ts");
  try {
    const connection = await connect(settings, flags, () => {});
    try {
      if (connection.startedModel === undefined) tellOtherModel(connection.backend.info, flags.model);
      for await (const check of examine(connection.backend)) show(check);
    } finally {
      await connection.backend.close();
      await connection.release();
    }
  } catch (error) {
    if (!(error instanceof HalterError) || error.code === "cancelled") throw error;
    show(fail("server", error.message, error.hint ?? "halter run --model qwen2.5-coder-1.5b starts one of its own"));
  }
}
