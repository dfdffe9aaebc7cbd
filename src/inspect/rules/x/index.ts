import type { Rule } from "../rule.ts";

/** Security. */
export const rules: readonly Rule[] = [];
