import { expect, it } from "vitest";
import type { Rule, Severity } from "../../src/inspect/rules/rule.ts";
import { findingsOf } from "./template-rules.ts";

type More = Parameters<typeof findingsOf>[2];

/** A template that a rule must find something in. */
export interface BadTemplate {
  readonly id: string;
  /** What is bad in it, where the finding's words do not say it. */
  readonly what?: string;
  readonly source: string;
  /** How grave the finding is. */
  readonly severity: Severity;
  /** The finding's words. */
  readonly says: RegExp;
  /** What the template is looked at with. */
  readonly more?: More;
}

interface CheckedRules {
  readonly rules: readonly Rule[];
  readonly bad: readonly BadTemplate[];
  readonly good: string;
  /** What every template is looked at with. */
  readonly more?: More;
}

/** Tests that rules find what is bad, that each of them has a bad template, and that none finds anything in the good one. */
export function itChecks({ rules, bad, good, more }: CheckedRules): void {
  it.each(bad.map((one) => ({ ...one, what: one.what ?? one.says })))(
    "$id finds $what",
    async ({ id, source, severity, says, more: own }) => {
      const rule = ruleOf(rules, id);
      const found = await findingsOf(rule, source, { ...more, ...own });
      expect(found.map((finding) => [finding.message, finding.severity ?? rule.severity])).toContainEqual([
        expect.stringMatching(says),
        severity,
      ]);
    },
  );

  it.each(rules.map(({ id }) => id))("%s finds nothing in a sound template", async (id) => {
    expect(await findingsOf(ruleOf(rules, id), good, more)).toEqual([]);
  });

  it("each have a bad template here", () => {
    expect(rules.map(({ id }) => id).filter((id) => !bad.some((one) => one.id === id))).toEqual([]);
  });
}

/** The rule of that id. Throws where there is none. */
export function ruleOf(rules: readonly Rule[], id: string): Rule {
  const found = rules.find((rule) => rule.id === id);
  if (!found) throw new Error(`there is no rule ${id}`);
  return found;
}
