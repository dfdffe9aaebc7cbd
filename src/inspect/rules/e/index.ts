import type { Rule } from "../rule.ts";

/** Client, server and other engines against each other. */
export const rules: readonly Rule[] = [];
