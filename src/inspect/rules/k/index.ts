import type { Rule } from "../rule.ts";

/** Whether a prompt goes on from the one before. */
export const rules: readonly Rule[] = [];
