import type { DefineCommand } from "../define-command.ts";
import { readTask } from "../read-task.ts";
import { addRunFlags, type RunFlags, readFolder } from "../run-flags.ts";

const EXAMPLES = `
Examples:
  halter run "rename getUser to fetchUser everywhere"
  halter run -C ../shop --allow 'npm test' "npm test fails: find out why and mend it"
  git diff | halter run "review this change" -
  halter run --model qwen2.5-coder-1.5b --temp 0 --seed 1 --json "…" | jq .`;

/** `halter run`: one turn without a screen. */
export const defineRun: DefineCommand = (program, settings, exit) => {
  const command = program.command("run").argument("[task...]", "what to do; `-` adds stdin");
  addRunFlags(command.option("-C <dir>", "folder to work in", readFolder, "."))
    .description("do one task in a folder and say how it went")
    .addHelpText("after", EXAMPLES)
    .action(async (words: string[], flags: RunFlags) => {
      const task = await readTask(words);
      const { withThread } = await import("../with-thread.ts");
      exit((await withThread(settings, flags, task)).status);
    });
};
