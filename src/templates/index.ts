export { adapt } from "./adapt.ts";
export { type CompiledTemplate, compileTemplate } from "./compile.ts";
export { equalButForDate } from "./dates.ts";
export { lintMessages } from "./lint.ts";
export { generationPrompt, type RenderInput, render } from "./render.ts";
export { probeThinking } from "./thinking.ts";
