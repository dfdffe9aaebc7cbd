import { expect, it } from "vitest";
import { describeProgress } from "../../src/surfaces/cli/server-progress.ts";

it("a source that fails says which one is tried now, the last one that none is left", () => {
  const failed = { type: "source.failed", model: "sample", text: "getaddrinfo ENOTFOUND" } as const;
  expect(describeProgress({ ...failed, source: "hub", next: "wheels" })).toEqual({
    text: "sample: hub failed: getaddrinfo ENOTFOUND; wheels is tried now",
    lasting: true,
  });
  expect(describeProgress({ ...failed, source: "wheels" }).text).toBe(
    "sample: wheels failed: getaddrinfo ENOTFOUND; no other source is left",
  );
});
