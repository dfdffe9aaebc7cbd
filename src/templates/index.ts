export { type AppliedStep, adapt } from "./adapt.ts";
export type { ClockReading } from "./clock.ts";
export { type CompiledTemplate, compileTemplate } from "./compile.ts";
export { equalButForDate } from "./dates.ts";
export { lintMessages, type MessageProblem } from "./lint.ts";
export { generationPrompt, type Rendered, type RenderInput, render } from "./render.ts";
export { probeThinking } from "./thinking.ts";
