export { listThreads } from "./list.ts";
export { recoverItems } from "./recover.ts";
export { createJournal, openJournal, readHeader, readRecords } from "./thread.ts";
export type { Journal } from "./writer.ts";
