import { afterAll, describe, expect, it } from "vitest";
import { baseUrl, skipReason } from "../support/live.ts";
import { createHalter } from "../support/surfaces.ts";

const halter = createHalter();
afterAll(() => halter.remove());

interface Report {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string }[];
  readonly skipped: readonly { readonly rule: string; readonly reason: string }[];
}

describe.skipIf(skipReason !== undefined)(`a real server's template${skipReason ? `: ${skipReason}` : ""}`, () => {
  it("is checked with the server's own tokenizer and renders", async () => {
    const said = await halter.run(["template", "check", "--server", baseUrl, "--json"]);
    expect(said.stderr).toBe("");
    expect(said.exitCode).toBe(0);
    const { findings, skipped } = JSON.parse(said.stdout) as Report;
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["E03", "K10", "S08", "X05"]));
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const control = findings.find(({ rule }) => rule === "X05");
    expect(control?.message).toContain("<|im_end|>");
    const reasons = new Set(skipped.map(({ reason }) => reason.split(" ").slice(0, 3).join(" ")));
    expect([...reasons].sort()).toEqual(["needs a GGUF", "needs a known-good", "needs your tools"]);
  });
});
