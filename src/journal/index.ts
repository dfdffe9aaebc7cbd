export { findThread } from "./folder.ts";
export { listThreads } from "./list.ts";
export { recoverItems } from "./recover.ts";
export { createJournal, openJournal } from "./thread.ts";
export type { Journal } from "./writer.ts";
