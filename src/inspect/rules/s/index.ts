import type { Rule } from "../rule.ts";

/** How tools' schemas are shown. */
export const rules: readonly Rule[] = [];
