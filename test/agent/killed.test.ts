import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { lintMessages } from "../../src/templates/index.ts";
import type { Message } from "../../src/types/index.ts";
import { openStory, openThread, type Story, tagged } from "../support/agent.ts";
import type { LoopbackAnswer } from "../support/loopback.ts";

const child = path.join(import.meta.dirname, "..", "support", "agent-child.ts");

/** Runs a thread in a process of its own on the story's server and kills it at the first line that `at` fits; its thread id. */
async function killAt(story: Story, at: RegExp): Promise<string> {
  const killed = spawn(process.execPath, [child, story.server.baseUrl, story.folder, story.stateDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(killed, "exit");
  let threadId = "";
  for await (const line of createInterface(killed.stdout)) {
    if (!at.test(line)) continue;
    threadId = line.split(" ").at(-1)!;
    killed.kill("SIGKILL");
    break;
  }
  await gone;
  return threadId;
}

/** The command ends as soon as the file is there, so that nothing is left behind. */
const command = "echo begun; for i in $(seq 200); do [ -e stop ] && exit 0; sleep 0.1; done";

const moments: readonly (readonly [string, RegExp, LoopbackAnswer])[] = [
  ["while a command runs", /^item\.delta output/, { text: tagged("shell", { command }) }],
  [
    "between a call and the end of its answer",
    /^item\.started tool_call/,
    { text: `${tagged("read", { path: "notes.txt" })} and then`, hang: true },
  ],
  ["in the middle of an answer", /^item\.delta text/, { text: "Let me think about", hang: true }],
];

describe("a halter that is killed", () => {
  it.each(moments)("%s: resuming goes on with a valid history", async (_, at, first) => {
    const answers = [first, { text: tagged("read", { path: "notes.txt" }) }, { text: "It is 42." }];
    const story = await openStory({ files: { "notes.txt": "the answer is 42\n" }, answers });
    const resumed = await killAt(story, at);
    writeFileSync(path.join(story.folder, "stop"), "");

    const again = await openThread({ ...story, wire: "chat", resumed });
    expect(again.started.thread.items.every(({ status }) => status !== "in_progress")).toBe(true);
    for (const call of again.items("tool_call")) {
      expect(call).toMatchObject({
        status: "failed",
        result: { isError: true, text: expect.stringContaining("interrupted") },
      });
    }
    expect(await again.run("Go on.")).toMatchObject({ reason: "done", turn: 2 });
    expect(again.items("tool_call").at(-1)).toMatchObject({ status: "completed", result: { isError: false } });

    const compared = story.server.requests.filter(({ path }) => path === "/apply-template").at(-1)!;
    expect(lintMessages(compared.body.messages as unknown as Message[])).toEqual([]);
    const [before, after] = story.server.generations().map(({ body }) => body.prompt!);
    const said = before!.slice(0, before!.lastIndexOf("<|im_end|>"));
    expect(after?.startsWith(said)).toBe(true);
    await again.settle();
  });
});
