export type { Limits, Thinking } from "./options.ts";
export {
  createTraceSink,
  resumeThread,
  type StartedThread,
  startThread,
  type ThreadOptions,
  type TraceSink,
  threadsDir,
} from "./start.ts";
export type { Thread } from "./thread.ts";
export { chooseWire } from "./wire.ts";
