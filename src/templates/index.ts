export { adapt } from "./adapt/index.ts";
export type { ClockReading } from "./clock.ts";
export { type CompiledTemplate, compileTemplate } from "./compile.ts";
export { equalButForDate } from "./dates.ts";
export type { RenderValue } from "./engine.ts";
export {
  compile,
  type EngineMode,
  type JinjaProgram,
  parseTemplate,
  type Rendering,
  type TemplateTree,
} from "./jinja/index.ts";
export { lintMessages } from "./lint.ts";
export { generationPrompt, type RenderInput, render } from "./render.ts";
export { probeThinking } from "./thinking.ts";
