import type { Rule } from "../rule.ts";

/** Boundaries, special tokens, white space. */
export const rules: readonly Rule[] = [];
