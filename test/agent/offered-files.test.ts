import { describe, expect, it } from "vitest";
import { called, FILE_BLOCK_MODEL, openStory, WIRES } from "../support/agent.ts";

const lines = (word: string) => Array.from({ length: 30 }, (_, line) => `${word} ${line}`).join("\n");
const files = { "src/a.txt": `${lines("old")}\n`, "src/b.txt": "b\n" };
const block = (path: string, text: string) => `${path}\n\`\`\`\n${text}\n\`\`\``;
const server = { model: FILE_BLOCK_MODEL };

describe.each(WIRES)("an offered file, on the %s wire", (wire) => {
  it("is taken while another cannot be read, or not any more", async () => {
    const answers = [
      called(wire, "shell", { command: "rm src/b.txt && mkdir src/b.txt && truncate -s 9M src/big.txt" }),
      { text: `${block("src/big.txt", "x")}\n\n${block("src/a.txt", lines("new"))}` },
      { text: "Thanks." },
    ];
    const story = await openStory({ wire, files, server, answers });
    expect(await story.run("Change src/a.txt and src/b.txt.")).toMatchObject({ reason: "done" });
    const [, big, changed] = story.items("tool_call");
    expect(big?.result).toMatchObject({ isError: true, text: expect.stringContaining("was not replaced") });
    expect(changed?.result?.isError).toBe(false);
    await story.settle();
  });
});
