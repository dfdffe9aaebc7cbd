export { type Check, fail, pass, warn } from "./check.ts";
export { examine } from "./doctor.ts";
export { checkRecovery } from "./recovery.ts";
