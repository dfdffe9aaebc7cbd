import type { DefineCommand } from "../define-command.ts";
import type { DemoFlags } from "../demo/flags.ts";
import { addServerFlags, nonNegative, readSeed } from "../run-flags.ts";

/** `halter demo`: a real model mends a small repository. */
export const defineDemo: DefineCommand = (program, settings, exit) => {
  addServerFlags(program.command("demo"))
    .description("watch a real small model find and fix a bug in a small repository")
    .optionsGroup("Demo:")
    .option("--temp <number>", "temperature", nonNegative, 0)
    .option("--seed <number>", "seed of the sampling, a whole number", readSeed, 1)
    .option("--json", "print events, one JSON object a line")
    .option("--replay", "play the recorded thread, without any model")
    .addHelpText("after", "\nExamples:\n  halter demo\n  halter demo --base-url http://127.0.0.1:8080")
    .action(async (flags: DemoFlags) => {
      const { runDemo } = await import("../demo/index.ts");
      exit(await runDemo(settings, flags));
    });
};
