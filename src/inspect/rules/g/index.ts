import type { Rule } from "../rule.ts";

/** Schemas that a server makes grammars of. */
export const rules: readonly Rule[] = [];
