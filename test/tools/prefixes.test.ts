import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAllowed } from "../../src/tools/command/prefixes.ts";
import { draws } from "../support/draws.ts";

const PREFIXES = ["npm test", "node --test"];

describe("allowed prefixes", () => {
  it.each([
    "npm test",
    "  npm test ",
    "npm test -- x",
    "npm test && node --test src",
    "npm test; node --test",
    "npm test | npm test",
    "npm test || node --test\nnpm test",
    "cd . && npm test",
    "cd /w && npm test",
  ])("%j runs", (command) => {
    expect(isAllowed(command, PREFIXES, "/w")).toBe(true);
  });

  it.each([
    "npm test; rm -rf /",
    "npm testing",
    "npm",
    "",
    "rm -rf / # npm test",
    "npm test & rm x",
    "npm test && rm x",
    "npm test | sh",
    "npm test |& sh",
    "npm test $(rm x)",
    "npm test `rm x`",
    "npm test <(rm x)",
    "npm test > src/app.js",
    "npm test\nrm x",
    "npm test \\\nrm x",
    "npm test $HOME",
    "X=1 npm test",
    "cd / && npm test",
    "cd .. && npm test",
    "cd . || npm test",
    "cd .; npm test",
    "(npm test)",
    "npm test 'a; b'",
  ])("%j does not", (command) => {
    expect(isAllowed(command, PREFIXES, "/w")).toBe(false);
  });

  it("hold for whole lines with operators, if they are given so", () => {
    expect(isAllowed("npm test | head", ["npm test | head"], "/w")).toBe(true);
    expect(isAllowed("npm test | head; rm x", ["npm test | head"], "/w")).toBe(false);
    expect(isAllowed("anything", ["", " "], "/w")).toBe(false);
  });

  it("let no word begin a command that is not allowed", () => {
    const joint = fc.constantFrom(..."&& || ; | \n".split(" "), " ", " && ", " -v ");
    const other = fc.constantFrom("rm", "cd", ..."'\"&$()`<>\\#{}");
    const piece = fc.oneof(
      { arbitrary: fc.constant("npm test"), weight: 12 },
      { arbitrary: joint, weight: 12 },
      { arbitrary: other, weight: 1 },
    );
    let joined = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const command = pieces.join("");
        if (!isAllowed(command, ["npm test"], "/w")) return;
        const parts = command.trim().split(/&&|\|\||[;|\n]/);
        if (parts.length > 1) joined++;
        expect(command).not.toMatch(/(^|[^&])&([^&]|$)|[`$<>()\\]/);
        for (const part of parts) expect(part.trim()).toMatch(/^npm test(\s|$)/);
      }),
      draws(2000),
    );
    expect(joined).toBeGreaterThan(20);
  });
});
