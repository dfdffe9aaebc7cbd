import type { Rule } from "../rule.ts";

/** Portability, loading, provenance. */
export const rules: readonly Rule[] = [];
