import type { Rule } from "../rule.ts";

/** Tool calling. */
export const rules: readonly Rule[] = [];
