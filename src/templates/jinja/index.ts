export type { TemplateTree } from "./ast.ts";
export { compile, type JinjaProgram, type RenderOptions } from "./compile.ts";
export { DEFAULT_LIMITS, type Limits } from "./meter.ts";
export { parseTemplate } from "./parse.ts";
export type { Coverage, RenderedPart, Rendering } from "./rendering.ts";
export type { EngineMode } from "./runtime.ts";
