import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { textCallsRun } from "../support/items.ts";
import { journalProblems, liveThread, runTurn, skipReason } from "../support/live.ts";

const fixtures = path.join(import.meta.dirname, "..", "..", "fixtures");

describe.skipIf(skipReason !== undefined)(`real tasks${skipReason ? `: ${skipReason}` : ""}`, () => {
  it("the demo's bug is found, mended and checked on the raw wire", async () => {
    const started = await liveThread({
      repo: path.join(fixtures, "demo", "repo"),
      wire: "raw",
      limits: { maxSteps: 12 },
    });
    const task = readFileSync(path.join(fixtures, "demo", "task.md"), "utf8").trim();
    const end = await runTurn(started, task);
    expect(end.reason).toBe("done");
    expect(started.thread.items.some((item) => item.type === "agent_message")).toBe(true);
    const output = execFileSync("npm", ["test"], { cwd: started.folder, encoding: "utf8" });
    expect(output).toMatch(/fail 0/);
  });

  const cases = ["raw", "chat"].flatMap((wire) =>
    ["missing-await", "broken-json", "sh-default-count"].map((task) => [wire, task] as const),
  );
  it.each(cases)(
    "wire %s, %s: a call found in text runs, the turn ends with a reason, the journal is valid",
    async (wire, task) => {
      const folder = path.join(fixtures, "suites", "small-tasks", task);
      const started = await liveThread({
        repo: path.join(folder, "repo"),
        wire: wire as "raw" | "chat",
        limits: { maxSteps: 2, maxSeconds: 120, answerTokens: 300 },
      });
      const end = await runTurn(started, readFileSync(path.join(folder, "instruction.md"), "utf8").trim());
      expect(textCallsRun(started.thread.items).length, JSON.stringify(started.thread.items)).toBeGreaterThan(0);
      expect(end.reason === "done" || (end.detail ?? "") !== "").toBe(true);
      await started.thread.close();
      expect(await journalProblems(started)).toEqual([]);
    },
  );
});
