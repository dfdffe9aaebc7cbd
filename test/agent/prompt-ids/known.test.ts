import { describe, expect, it } from "vitest";
import { addAnswer, countKept, type Known } from "../../../src/agent/prompt-ids/known.ts";

const PROMPT = { text: "<u>", isInput: false };

/** A prompt of one token, and an answer in these tokens. */
function answered(...pieces: string[]): Known {
  const known: Known = {
    text: PROMPT.text,
    segments: [PROMPT],
    promptEnd: 3,
    tokens: [{ id: 1, text: PROMPT.text, start: 0, end: 3 }],
  };
  for (const [index, piece] of pieces.entries()) addAnswer(known, piece, [10 + index]);
  return known;
}

const kept = (known: Known, next: string) =>
  countKept(known, [PROMPT, { text: next, isInput: true }], ({ text }) => text.startsWith("<"));

describe("what is kept of an answer that the next prompt has otherwise", () => {
  it.each([
    ["up to a word that begins after a space", ["half", " an", " ans"], "half an other", 3],
    ["not the token that has changed, though a word begins behind it", ["half", " an", " ans"], "half aX then", 2],
    ["up to a marker", ["x", "<t>", "yz"], "x<t>yQ", 3],
    ["the prompt alone where nothing else cuts", ["x", "yz"], "xyQ", 1],
    ["all where it goes on", ["x", "yz"], "xyz and more", 3],
  ])("%s", (_what, pieces, next, count) => expect(kept(answered(...pieces), next)).toBe(count));
});

describe("a piece without ids", () => {
  it("ends what is known where it is plain text, for its tokens may be any", () => {
    const known = answered("a");
    addAnswer(known, "bc", undefined);
    addAnswer(known, "d", [20]);
    expect(known.text).toBe("<u>abcd");
    expect(known.tokens.map(({ id }) => id)).toEqual([1, 10]);
  });

  it("is kept as a place to read again where it is a character of several tokens", () => {
    const known = answered("a");
    addAnswer(known, "🦙", undefined);
    addAnswer(known, "d", [20]);
    expect(known.tokens.map(({ id }) => id)).toEqual([1, 10, undefined, 20]);
  });
});
