import type { Rule } from "../rule.ts";

/** Reasoning. */
export const rules: readonly Rule[] = [];
