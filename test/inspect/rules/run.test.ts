import { describe, expect, it } from "vitest";
import { compareTemplates, driftOf } from "../../../src/inspect/rules/compare.ts";
import { departure, firstDifference } from "../../../src/inspect/rules/differences.ts";
import type { Rule } from "../../../src/inspect/rules/rule.ts";
import { isError, runRules } from "../../../src/inspect/rules/run.ts";
import { readSuppressions } from "../../../src/inspect/rules/suppressions.ts";
import { templateFingerprint } from "../../../src/profiles/index.ts";
import { subjectOf } from "../../support/template-rules.ts";

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  title: id,
  severity: "error",
  about: "",
  fix: "",
  sources: [],
  needs: [],
  check: () => [{ message: `${id} found` }],
  ...more,
});

describe("running rules", () => {
  it("reports what is found, with the graver or milder word of the finding", async () => {
    const mild = rule("F02", { check: async () => [{ message: "a", severity: "info" }, { message: "b" }] });
    const report = await runRules([rule("F01"), mild], await subjectOf("x"));
    expect(report.fingerprint).toBe(templateFingerprint("x"));
    expect(report.findings.map(({ rule: { id }, severity }) => [id, severity])).toEqual([
      ["F01", "error"],
      ["F02", "info"],
      ["F02", "error"],
    ]);
    expect([...report.durations.keys()]).toEqual(["F01", "F02"]);
  });

  it("skips with the reason what lacks something", async () => {
    const rules = (["reference", "tokenizer", "server", "gguf"] as const).map((need) => rule(need, { needs: [need] }));
    const report = await runRules(rules, await subjectOf("x"));
    expect(report.findings).toEqual([]);
    expect(report.skipped.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("known-good"),
      expect.stringContaining("tokenizer"),
      expect.stringContaining("running server"),
      expect.stringContaining("GGUF"),
    ]);
    const withReference = await subjectOf("x", { reference: { name: "y", source: "y" } });
    expect((await runRules(rules, withReference)).findings).toHaveLength(1);
  });

  it.each([
    ["{% if %}", "the template cannot be read"],
    [" \n", "there is no template"],
  ])("of %j runs only the rules that look at that", async (source, reason) => {
    const report = await runRules([rule("F01"), rule("P02", { evenUnreadable: true })], await subjectOf(source));
    expect(report.findings.map(({ rule: { id } }) => id)).toEqual(["P02"]);
    expect(report.skipped).toMatchObject([{ reason }]);
  });

  it("marks what is known and what is suppressed; only the latter counts no more", async () => {
    const report = await runRules([rule("F01"), rule("F02")], await subjectOf("x"), {
      defects: [{ rule: "F01", source: "somewhere #1" }],
      suppressions: new Map([["F02", "we never send that"]]),
    });
    expect(report.findings).toMatchObject([{ known: "somewhere #1" }, { suppressed: "we never send that" }]);
    expect(report.findings.map(isError)).toEqual([true, false]);
  });
});

describe("suppressions", () => {
  const rules = [rule("F01"), rule("F02")];

  it("have a reason each", () => {
    const text = "# ours\nF01 never: sent # says the team\n\nF02: see below\n";
    expect([...readSuppressions(text, rules, "file")]).toEqual([
      ["F01", "never: sent"],
      ["F02", "see below"],
    ]);
  });

  it.each([
    ["F01", "file, line 1: F01 is suppressed without a reason"],
    ["F01 x\nF02  # later", "file, line 2: F02 is suppressed without a reason"],
    ["F77 because", "file, line 1: there is no rule F77"],
  ])("%j are refused", (text, message) => {
    expect(() => readSuppressions(text, rules, "file")).toThrow(expect.objectContaining({ code: "usage", message }));
  });
});

describe("differences", () => {
  it("are where two texts part, never inside a character", () => {
    expect(firstDifference("abc", "abc")).toBeUndefined();
    expect(firstDifference("abcd", "abxd")).toEqual({ at: 2, expected: "cd", got: "xd" });
    expect(firstDifference("a😀", "a😁")).toEqual({ at: 1, expected: "😀", got: "😁" });
    expect(departure("ab", "abc")).toBeUndefined();
    expect(departure("abx", "abc")).toMatchObject({ at: 2 });
    expect(departure("abc", "ab")).toEqual({ at: 2, expected: "c", got: "" });
  });

  it.each([
    ["{{ messages }}", "{{ messages }}", "same"],
    ["{{ messages[0].content }}", "{{ messages[0].content }}\n", "same"],
    ["{{ messages[0].content }}", "{{ messages[0].content }} .", "text"],
    ["{{ messages[0].content }}", "{{ messages[0].content }}\n\n{{ '' }}", "whitespace"],
    ["{{ messages[0].content }}", "{{ messages[0].content }}{% if tools %}T{% endif %}", "tools"],
    [
      "{{ messages[0].content }}",
      "{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}",
      "text",
    ],
  ])("of templates %j and %j: %s", async (first, second, drift) => {
    const compared = compareTemplates(await subjectOf(first), await subjectOf(second));
    expect(driftOf(compared)).toBe(drift);
  });
});
