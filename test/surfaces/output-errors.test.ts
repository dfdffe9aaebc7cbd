import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createHalter, ROOT, runProgram } from "../support/surfaces.ts";

const halter = createHalter();
afterAll(() => halter.remove());

const PROGRAM = `"${process.execPath}" "${path.join(ROOT, "src", "bin.ts")}"`;
const shell = (line: string) => runProgram("sh", ["-c", line], { cwd: halter.workspace, env: halter.env });

describe.skipIf(!existsSync("/dev/full"))("output that cannot be written", () => {
  it.each(["rules list", "template list", "models --json", "--help"])(
    "halter %s says so in one line and ends with 1",
    async (args) => {
      expect(await shell(`${PROGRAM} ${args} > /dev/full`)).toEqual({
        exitCode: 1,
        stdout: "",
        stderr: "error: the output cannot be written: no space left on device\n",
      });
    },
  );

  it("to where errors go ends with 1 too", async () => {
    expect(await shell(`${PROGRAM} rules explain F99 2> /dev/full`)).toEqual({ exitCode: 1, stdout: "", stderr: "" });
  });
});

describe("a reader that has enough", () => {
  it("is no failure", async () => {
    const said = await shell(`{ ${PROGRAM} rules list --json; echo "status $?" >&2; } | head -1`);
    expect(said.stdout).toMatch(/^\{"id":"P01".*\}\n$/);
    expect(said.stderr).toBe("status 0\n");
  });
});
