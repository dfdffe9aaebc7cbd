import { HalterError } from "../../../types/error.ts";
import type { ThreadHeader } from "../../../types/journal.ts";
import type { DefineCommand } from "../define-command.ts";
import { readTask } from "../read-task.ts";
import { addRunFlags, type RunFlags, readFolder } from "../run-flags.ts";
import { asUsage } from "../usage-error.ts";

const EXAMPLES = `
Examples:
  halter resume --last "now add a test for it"
  halter resume --last -C ../shop "now add a test for it"
  halter resume 20261121-1405 "go on"                  from whatever folder; it works in its own`;

/** `halter resume`: another turn in a thread, also in one that was killed. */
export const defineResume: DefineCommand = (program, settings, exit) => {
  const command = program
    .command("resume")
    .argument("[words...]", "the thread's id (its beginning is enough), then what to do")
    .option("--last", "the newest thread of the current folder")
    .option("-C <dir>", "with --last: the newest thread of this folder", readFolder);
  addRunFlags(command)
    .description("go on with an earlier thread")
    .addHelpText("after", EXAMPLES)
    .action(async (words: string[], flags: RunFlags & { readonly last?: boolean }) => {
      if (flags.C !== undefined && !flags.last) {
        throw new HalterError("usage", "-C goes with --last: a thread works in the folder it was begun in", {
          hint: "`halter threads` lists the threads and their folders",
        });
      }
      const { threadsDir } = await import("../../../agent/index.ts");
      const threads = threadsDir(settings.stateDir);
      const id = flags.last ? await newestOf(threads, flags.C ?? ".") : words[0];
      // Before a server is looked for or started: an unknown thread needs none.
      const header = await readNamed(threads, id);
      const rest = flags.last ? words : words.slice(1);
      const task = await readTask(rest.length > 0 ? rest : ["Go on."]);
      const { withThread } = await import("../with-thread.ts");
      const { layOverThread } = await import("../thread-flags.ts");
      const choice = await layOverThread(header, settings, flags);
      exit((await withThread(choice.settings, choice.flags, task, { resume: header })).status);
    });
};

async function newestOf(threads: string, workspace: string): Promise<string> {
  return (await import("../newest-thread.ts")).newestThread(threads, workspace);
}

/** Throws `usage` for an id that names no thread or several. */
async function readNamed(threads: string, id: string | undefined): Promise<ThreadHeader> {
  if (!id) {
    throw new HalterError("usage", "which thread?", {
      hint: "`halter threads` lists them; --last takes the newest of this folder",
    });
  }
  const { readHeader } = await import("../../../journal/index.ts");
  return readHeader(threads, id).catch((error: unknown) => {
    throw error instanceof HalterError && error.code === "thread_not_found" ? asUsage(error) : error;
  });
}
