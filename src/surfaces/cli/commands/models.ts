import type { DefineCommand } from "../define-command.ts";
import { formatBytes } from "../format.ts";
import { serverSettings } from "../server-settings.ts";

/** `halter models`: the models that halter can fetch and start by itself. */
export const defineModels: DefineCommand = (program, settings) => {
  const models = program
    .command("models")
    .description("models that halter can fetch and start by itself")
    .addHelpText(
      "after",
      "\nExamples:\n  halter models ls\n  halter models pull qwen2.5-coder-1.5b\n  halter models rm qwen2.5-coder-0.5b",
    );

  models
    .command("ls", { isDefault: true })
    .description("list them, and which are here")
    .option("--json", "one JSON object a line")
    .action(async (flags: { readonly json?: boolean }) => {
      const { listModels } = await import("../../../servers/index.ts");
      for (const model of await listModels(serverSettings(settings))) {
        if (flags.json) process.stdout.write(`${JSON.stringify(model)}\n`);
        else {
          const percent = Math.floor((model.partialBytes / model.bytes) * 100);
          const state = model.installed ? "here" : model.partialBytes > 0 ? `${percent} % here` : "not here";
          process.stdout.write(
            `${model.name.padEnd(22)} ${formatBytes(model.bytes).padStart(8)}  ${state.padEnd(9)}  ${model.title}, ${model.licence}\n`,
          );
        }
      }
    });

  models
    .command("pull <name>")
    .description("fetch one, or go on where a fetch was interrupted")
    .action(async (name: string) => {
      const { pullModel } = await import("../../../servers/index.ts");
      const { showServerProgress } = await import("../show-server-progress.ts");
      const file = await showServerProgress((onProgress, signal) =>
        pullModel(serverSettings(settings), name, { onProgress, signal }),
      );
      process.stdout.write(`${file}\n`);
    });

  models
    .command("rm <name>")
    .description("delete one")
    .action(async (name: string) => {
      const { removeModel } = await import("../../../servers/index.ts");
      const removed = await removeModel(serverSettings(settings), name);
      process.stderr.write(removed ? `removed ${name}\n` : `${name} was not here\n`);
    });
};
