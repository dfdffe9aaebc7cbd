import { expect, it } from "vitest";
import { createCallIds } from "../../src/agent/call-ids.ts";

it("keeps what the model wrote, counts up what is taken, makes up the rest", () => {
  const newId = createCallIds(["functions.read:0", "a1b2c3d4e"]);
  expect(newId("functions.read:0")).toBe("functions.read:1");
  expect(newId("functions.read:2")).toBe("functions.read:2");
  expect(newId("functions.read:0")).toBe("functions.read:3");
  expect(newId("z9y8x7w6v")).toBe("z9y8x7w6v");
  for (const written of ["a1b2c3d4e", "z9y8x7w6v", "", undefined]) expect(newId(written)).toMatch(/^[a-z0-9]{9}$/);
  expect(new Set(Array.from({ length: 100 }, () => newId("functions.read:0"))).size).toBe(100);
});
