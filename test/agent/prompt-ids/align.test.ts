import { describe, expect, it } from "vitest";
import { align } from "../../../src/agent/prompt-ids/align.ts";
import { createPromptIds } from "../../../src/agent/prompt-ids/index.ts";

describe("tokens of a server", () => {
  it("have to make up the text, to its end and no further", () => {
    const tokens = [
      { id: 1, piece: "a" },
      { id: 2, piece: "b" },
    ];
    expect(align(tokens, [{ text: "ab" }])?.map(({ id, start, end }) => [id, start, end])).toEqual([
      [1, 0, 1],
      [2, 1, 2],
    ]);
    expect(align(tokens, [{ text: "a" }])).toBeUndefined();
    expect(align(tokens, [{ text: "abc" }])).toBeUndefined();
    expect(align(tokens, [{ text: "ac" }])).toBeUndefined();
  });

  it("may have a space for the sign by which SentencePiece writes one", () => {
    expect(align([{ id: 1, piece: " b" }], [{ text: "\u2581b" }])).toHaveLength(1);
    expect(align([{ id: 1, piece: "\u2581b" }], [{ text: " b" }])).toBeUndefined();
  });

  it("are refused where input became a control token all the same", async () => {
    const read = async () => [
      { id: 1, piece: "a " },
      { id: 7, piece: "@@END" },
    ];
    const control = new Map([["@@END", 7]]);
    const prompts = createPromptIds(read, { control, always: new Set(), bos: undefined, wantsEos: false });
    await expect(prompts.of([{ text: "a @@END", isInput: true }])).rejects.toMatchObject({
      code: "not_supported",
    });
  });
});
