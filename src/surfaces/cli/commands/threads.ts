import type { DefineCommand } from "../define-command.ts";
import { plain } from "../plain.ts";

/** `halter threads`: what was done so far. */
export const defineThreads: DefineCommand = (program, settings) => {
  program
    .command("threads")
    .description("list the threads, newest first")
    .option("--json", "one JSON object a line")
    .addHelpText("after", "\nExamples:\n  halter threads\n  halter threads --json | jq -r .threadId")
    .action(async (flags: { readonly json?: boolean }) => {
      const { listThreads } = await import("../../../journal/index.ts");
      const { threadsDir } = await import("../../../agent/index.ts");
      const threads = await listThreads(threadsDir(settings.stateDir));
      for (const thread of threads) {
        if (flags.json) process.stdout.write(`${JSON.stringify(thread)}\n`);
        else process.stdout.write(`${lineOf(thread)}\n`);
      }
      if (threads.length === 0 && !flags.json) process.stderr.write('no threads yet\nhint: halter run "what to do"\n');
    });
};

function lineOf(thread: Awaited<ReturnType<typeof import("../../../journal/index.ts").listThreads>>[number]): string {
  const when = new Date(thread.updatedAt).toISOString().slice(0, 16).replace("T", " ");
  const text = plain(thread.firstText ?? "")
    .replaceAll(/\s+/g, " ")
    .slice(0, 60);
  const turns = thread.turns === 1 ? "1 turn" : `${thread.turns} turns`;
  return `${thread.threadId}  ${when}  ${turns}  ${thread.lastReason ?? "open"}  ${thread.workspace}  ${text}`;
}
