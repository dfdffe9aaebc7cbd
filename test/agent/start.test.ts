import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { resumeThread, startThread, threadsDir } from "../../src/agent/index.ts";
import { openStory, WIRES } from "../support/agent.ts";

describe("a start that fails", () => {
  const unsandboxed = { sandbox: "required" as const, env: { PATH: "/nowhere" } };

  it("leaves no folder of a thread", async () => {
    const { started, folder, stateDir } = await openStory({ answers: [] });
    const before = readdirSync(threadsDir(stateDir));
    const options = { backend: started.setup.backend, workspace: folder, stateDir, ...unsandboxed };
    await expect(startThread(options)).rejects.toMatchObject({ code: "not_supported" });
    expect(readdirSync(threadsDir(stateDir))).toEqual(before);
  });

  it("leaves the thread that it would have resumed unlocked", async () => {
    const story = await openStory({ answers: [{ text: "Hello." }] });
    await story.run();
    const { thread, setup } = story.started;
    await thread.close();
    const options = { backend: setup.backend, workspace: story.folder, stateDir: story.stateDir };
    await expect(resumeThread(thread.id, { ...options, ...unsandboxed })).rejects.toMatchObject({
      code: "not_supported",
    });
    const resumed = await resumeThread(thread.id, { ...options, sandbox: "off" });
    await resumed.thread.close();
  });
});

describe.each(WIRES)("a resumed thread, on the %s wire", (wire) => {
  it("tells of its tools what it told when it began", async () => {
    const story = await openStory({ wire, answers: () => ({ text: "Hello." }) });
    await story.run();
    const { thread } = story.started;
    await thread.close();
    const journal = path.join(threadsDir(story.stateDir), thread.id, "journal.jsonl");
    const [header, ...lines] = readFileSync(journal, "utf8").split("\n");
    const older = JSON.parse(header!);
    older.tools[0].description = "An older wording.";
    writeFileSync(journal, [JSON.stringify(older), ...lines].join("\n"));
    const resumed = await story.resume();
    await resumed.run("And now?");
    const { body } = story.server.generations().at(-1)!;
    expect(body.prompt ?? JSON.stringify(body.tools)).toContain("An older wording.");
  });
});
