import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSseReader, type SseEvent } from "../../src/backends/sse.ts";
import { draws } from "../support/draws.ts";

function readAll(bytes: Uint8Array, cuts: readonly number[]): SseEvent[] {
  const reader = createSseReader();
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  const events = places.slice(1).flatMap((end, index) => reader.push(bytes.subarray(places[index], end)));
  return [...events, ...reader.end()];
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("server-sent events", () => {
  it.each([
    ["data: a\n\n", [{ type: "data", text: "a" }]],
    ["data:a\r\n\r\n", [{ type: "data", text: "a" }]],
    ["data: a\ndata: b\n\n", [{ type: "data", text: "a\nb" }]],
    ["data: a\rdata: b\r\r", [{ type: "data", text: "a\nb" }]],
    [
      ":\n\n:ping\n\n",
      [
        { type: "comment", text: "" },
        { type: "comment", text: "ping" },
      ],
    ],
    ["event: x\nid: 1\ndata:  two spaces\n\n", [{ type: "data", text: " two spaces" }]],
    ['error: {"message":"m"}\n\n', [{ type: "error", text: '{"message":"m"}' }]],
    ["data\n\n", [{ type: "data", text: "" }]],
    ["\uFEFFdata: a\n\n", [{ type: "data", text: "a" }]],
    ["data: [DONE]\n", [{ type: "data", text: "[DONE]" }]],
    ["data: cut", []],
    ["", []],
  ])("reads %j", (text, events) => {
    expect(readAll(bytesOf(text), [])).toEqual(events);
  });

  it("says the same however the bytes are cut", () => {
    const line = fc.oneof(
      fc.string({ unit: "grapheme" }).map((text) => `data: ${text.replace(/[\r\n]/g, "")}`),
      fc.constantFrom("", ":", ":ping", "event: x", "data: 世界 🦙 é"),
    );
    const stream = fc
      .array(fc.tuple(line, fc.constantFrom("\n", "\r\n")))
      .map((lines) => bytesOf(lines.map((pair) => pair.join("")).join("")));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(1000)), (bytes, cuts) => {
        const places = cuts.map((cut) => cut % (bytes.length + 1));
        expect(readAll(bytes, places)).toEqual(readAll(bytes, []));
        expect(
          readAll(
            bytes,
            Array.from(bytes, (_, index) => index),
          ),
        ).toEqual(readAll(bytes, []));
      }),
      draws(),
    );
  });

  it("takes time in proportion to one long line in many pieces", () => {
    const pieces = (count: number) => {
      const reader = createSseReader();
      const piece = bytesOf("x".repeat(64));
      const start = performance.now();
      reader.push(bytesOf("data: "));
      for (let i = 0; i < count; i++) reader.push(piece);
      expect(reader.push(bytesOf("\n\n"))[0]?.text.length).toBe(64 * count);
      return performance.now() - start;
    };
    pieces(20_000);
    const [short, long] = [pieces(20_000), pieces(160_000)];
    expect(long / short).toBeLessThan(40);
  });
});
