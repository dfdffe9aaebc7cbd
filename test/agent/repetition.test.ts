import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRepetitionWatch } from "../../src/agent/repetition.ts";
import { draws } from "../support/draws.ts";

const feed = (text: string, size: number): number => {
  const watch = createRepetitionWatch();
  for (let at = 0; at < text.length; at += size) if (watch.add(text.slice(at, at + size))) return at;
  return -1;
};

describe("repetition", () => {
  it("is found soon after a text begins to go round, whatever the chunks", () => {
    const round = "export function clamp(value) {\n  return value;\n}\n\n/** Sum of a list. */\n";
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.stringMatching(/^[a-z ]{0,80}$/), (size, before) => {
        const at = feed(before + round.repeat(100), size);
        expect(at).toBeGreaterThan(1200);
        expect(at).toBeLessThan(before.length + 2200);
      }),
      draws(),
    );
  });

  it("is not seen in a text whose lines differ", () => {
    const table = Array.from({ length: 500 }, (_, index) => `  { id: ${index}, name: "entry", value: 0 },\n`).join("");
    expect(feed(table, 7)).toBe(-1);
  });
});
