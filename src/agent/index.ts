export {
  type ChosenFamily,
  chooseFamily,
  type LearnFormat,
  type ModelHelp,
  type OwnProfile,
  type TemplateFacts,
} from "./family.ts";
export type { Limits, Thinking } from "./options.ts";
export { type Rung, rungsOf } from "./rungs.ts";
export { resumeThread, startThread } from "./start.ts";
export type { Thread } from "./thread.ts";
export { type StartedThread, type ThreadOptions, threadsDir } from "./thread-options.ts";
export { createTraceSink, type TraceSink } from "./trace-sink.ts";
export { chooseWire } from "./wire.ts";
