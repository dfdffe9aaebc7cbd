import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capOutput } from "../../src/tools/output.ts";
import { draws } from "../support/draws.ts";

describe("capped output", () => {
  it("is head and tail, which fit and are not broken", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "😀", "漢"), maxLength: 600 });
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 300 }), (whole, limit) => {
        const { text: capped, fullText } = capOutput(whole, limit, "do so");
        if (whole.length <= limit) {
          expect(capped).toBe(whole);
          expect(fullText).toBeUndefined();
          return;
        }
        expect(fullText).toBe(whole);
        const [note, left] = /\[\d+ lines, (\d+) characters left out; do so\]\n/.exec(capped)!;
        const at = capped.indexOf(note!);
        const head = capped.slice(0, at);
        const tail = capped.slice(at + note!.length);
        expect(whole.endsWith(tail)).toBe(true);
        expect(whole.startsWith(head) || whole.startsWith(head.slice(0, -1))).toBe(true);
        expect(head.length + tail.length).toBeLessThanOrEqual(limit + 1);
        expect(Math.abs(head.length + tail.length + Number(left) - whole.length)).toBeLessThanOrEqual(1);
        expect(capped.isWellFormed()).toBe(true);
      }),
      draws(500),
    );
  });
});
