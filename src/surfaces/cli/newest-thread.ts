import { realpath } from "node:fs/promises";
import { listThreads } from "../../journal/index.ts";
import { HalterError } from "../../types/error.ts";

/**
 * The id of the thread in the folder `threads` that was last written in `workspace`, replays aside: what was recorded cannot go on.
 * Throws `usage` where there is none; the hint leads to the newest of another folder.
 */
export async function newestThread(threads: string, workspace: string): Promise<string> {
  const folder = await realpath(workspace).catch((cause: unknown) => {
    throw new HalterError("usage", `the folder ${workspace} cannot be read`, { hint: "name one with -C", cause });
  });
  const live = (await listThreads(threads)).filter((thread) => !thread.isReplay);
  const here = live.find((thread) => thread.workspace === folder);
  if (here) return here.threadId;
  const [elsewhere] = live;
  if (!elsewhere) throw new HalterError("usage", "there is no thread yet", { hint: 'halter run "what to do"' });
  throw new HalterError("usage", `there is no thread in ${folder} yet`, {
    hint: `the newest is ${elsewhere.threadId} in ${elsewhere.workspace}: halter resume ${elsewhere.threadId}`,
  });
}
