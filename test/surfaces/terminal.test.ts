import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type LoopbackAnswer, startLoopback } from "../support/loopback.ts";
import { createHalter, ROOT, runProgram, type Said } from "../support/surfaces.ts";

/** util-linux' program that gives another one a terminal. */
const SCRIPT = "/usr/bin/script";
const ERASE = "\u001b[2K";

const halter = createHalter();
afterAll(() => halter.remove());

/** Runs halter on a terminal of 60 columns; stdout and stderr come as one. */
async function onTerminal(
  answers: LoopbackAnswer[],
  env: Record<string, string | undefined> = {},
  words = "run Well?",
): Promise<Said> {
  const server = await startLoopback({ answers });
  try {
    const program = `"${process.execPath}" "${path.join(ROOT, "src", "bin.ts")}" ${words} --base-url ${server.baseUrl}`;
    return await runProgram(SCRIPT, ["-qec", `stty cols 60; ${program}`, "/dev/null"], {
      cwd: halter.workspace,
      env: { ...halter.env, ...env },
    });
  } finally {
    await server.close();
  }
}

describe.skipIf(!existsSync(SCRIPT))("on a terminal (needs /usr/bin/script)", () => {
  it("the words of a model drive nothing", async () => {
    const evil = "Red \u001b[31malert\u001b[0m \u001b]0;title\u0007\u001b[2J\u009b5A\u0090q\u0008!";
    const said = await onTerminal([{ text: evil, chunkSize: 1000 }]);
    expect(said.exitCode).toBe(0);
    const visible = said.stdout.replaceAll(`\r${ERASE}`, "");
    expect(visible).toContain("Red alert");
    expect(visible).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
  });

  it("the changes that the demo shows drive nothing", async () => {
    const call = JSON.stringify({ name: "write", arguments: { path: "new.js", content: "// \u001b[2Jgone\n" } });
    const said = await onTerminal(
      [{ text: `<tool_call>\n${call}\n</tool_call>` }, { text: "Done." }],
      { TMPDIR: halter.folder },
      "demo",
    );
    const visible = said.stdout.replaceAll(`\r${ERASE}`, "");
    expect(visible).toMatch(/^\+\/\/ gone\r$/m);
    expect(visible).not.toContain("\u001b");
  });

  it("the line that is written over is gone at the end, and never wider than the terminal", async () => {
    const said = await onTerminal([{ text: "hay ".repeat(40), delayMs: 20 }]);
    const parts = said.stdout.split(`\r${ERASE}`);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts.slice(1, -1)) expect(part.split("\r\n").at(-1)!.length).toBeLessThan(60);
    expect(parts.at(-1)).toMatch(/\n$/);
    expect(parts.at(-1)).not.toContain("writing:");
  });

  it("an answer stands there once, also when a check came after it; where stderr goes elsewhere too", async () => {
    writeFileSync(path.join(halter.workspace, "package.json"), JSON.stringify({ scripts: { test: "true" } }));
    const call = JSON.stringify({ name: "write", arguments: { path: "hay.txt", content: "hay\n" } });
    const answers = [{ text: `<tool_call>\n${call}\n</tool_call>` }, { text: "Brought." }];
    const words = "run --no-sandbox 'Bring hay, npm test has to pass.'";
    const both = await onTerminal(answers, {}, words);
    expect(both.stdout).toMatch(/Brought\.\r\n(.|\r|\n)*shell npm test/);
    expect(both.stdout.match(/Brought/g)).toHaveLength(1);
    expect((await onTerminal(answers, {}, `run 2>${halter.folder}/stderr Well?`)).stdout).toMatch(/^Brought\.\r\n$/m);
  });

  it("colours follow the terminal, and NO_COLOR", async () => {
    const colour = `\u001b[2m`;
    expect((await onTerminal([{ text: "Yes." }], { NO_COLOR: undefined })).stdout).toContain(colour);
    expect((await onTerminal([{ text: "Yes." }])).stdout).not.toContain(colour);
    expect((await onTerminal([{ text: "Yes." }], { NO_COLOR: undefined, TERM: "dumb" })).stdout).not.toContain(colour);
  });
});

describe("without a terminal", () => {
  it("colours need FORCE_COLOR, and NO_COLOR beats it", async () => {
    const colours = async (env: Record<string, string | undefined>) => {
      const server = await startLoopback({ answers: [{ text: "Yes." }] });
      const said = await halter.run(["run", "--base-url", server.baseUrl, "Well?"], { env });
      await server.close();
      expect(said.stdout).toBe("Yes.\n");
      return said.stderr.includes("\u001b[");
    };
    expect(await colours({ NO_COLOR: undefined })).toBe(false);
    expect(await colours({ NO_COLOR: undefined, FORCE_COLOR: "1" })).toBe(true);
    expect(await colours({ NO_COLOR: undefined, FORCE_COLOR: "0" })).toBe(false);
    expect(await colours({ NO_COLOR: "1", FORCE_COLOR: "1" })).toBe(false);
  });
});
