export { handlerMarks } from "./adapt/handlers.ts";
export { adapt } from "./adapt/index.ts";
export { patchSource } from "./adapt/source.ts";
export { mergeCaps, probeCaps, type TemplateCaps } from "./caps.ts";
export type { ClockReading } from "./clock.ts";
export { type CompiledTemplate, compileTemplate } from "./compile.ts";
export { equalButForDate } from "./dates.ts";
export type { Engine, Program, RenderValue } from "./engine.ts";
export {
  compile,
  type EngineMode,
  type Expression,
  type JinjaProgram,
  MUTATING_METHODS,
  parseTemplate,
  type Rendering,
  refusedBy,
  type TemplateTree,
  type Visit,
  type Vocabulary,
  vocabularyOf,
  walk,
} from "./jinja/index.ts";
export { parseJson } from "./json.ts";
export { lintMessages } from "./lint.ts";
export { loadPackageEngine } from "./package-engine.ts";
export { prepare } from "./prepare.ts";
export { type RenderInput, render } from "./render.ts";
export { joinSegments, type Segment, sliceSegments } from "./segments.ts";
export { probeThinking } from "./thinking.ts";
