import { HalterError } from "../../../types/error.ts";
import type { DefineCommand } from "../define-command.ts";
import { readTask } from "../read-task.ts";
import { addRunFlags, type RunFlags } from "../run-flags.ts";

const EXAMPLES = `
Examples:
  halter resume --last "now add a test for it"
  halter resume 20261121-1405 "go on"`;

/** `halter resume`: another turn in a thread, also in one that was killed. */
export const defineResume: DefineCommand = (program, settings, exit) => {
  const command = program
    .command("resume")
    .argument("[words...]", "the thread's id (its beginning is enough), then what to do");
  addRunFlags(command.option("--last", "the newest thread"))
    .description("go on with an earlier thread")
    .addHelpText("after", EXAMPLES)
    .action(async (words: string[], flags: RunFlags & { readonly last?: boolean }) => {
      const { listThreads, readHeader } = await import("../../../journal/index.ts");
      const { threadsDir } = await import("../../../agent/index.ts");
      const threads = threadsDir(settings.stateDir);
      const newest = flags.last ? (await listThreads(threads))[0]?.threadId : undefined;
      const id = flags.last ? newest : words[0];
      const rest = flags.last ? words : words.slice(1);
      if (!id) {
        throw new HalterError("usage", flags.last ? "there is no thread yet" : "which thread?", {
          hint: flags.last ? 'halter run "what to do"' : "`halter threads` lists them; --last takes the newest",
        });
      }
      // Before a server is looked for or started: an unknown thread needs none.
      const header = await readHeader(threads, id);
      const task = await readTask(rest.length > 0 ? rest : ["Go on."]);
      const { withThread } = await import("../with-thread.ts");
      const { layOverThread } = await import("../thread-flags.ts");
      const choice = await layOverThread(header, settings, flags);
      exit((await withThread(choice.settings, choice.flags, task, { resume: header })).status);
    });
};
