export { type Budget, budgetOf } from "./budget.ts";
export { toMessages } from "./messages.ts";
export { choosePruned } from "./prune.ts";
export { assembleSystem, INSTRUCTION_BYTES, type ProjectInstructions, type Section, systemSections } from "./system.ts";
