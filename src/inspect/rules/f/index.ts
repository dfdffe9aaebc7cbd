import type { Rule } from "../rule.ts";

/** Fidelity of the messages' text. */
export const rules: readonly Rule[] = [];
