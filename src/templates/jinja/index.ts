export type { Expression, TemplateTree } from "./ast.ts";
export { compile, type JinjaProgram, type RenderOptions } from "./compile.ts";
export { DEFAULT_LIMITS, type Limits } from "./meter.ts";
export { parseTemplate } from "./parse.ts";
export { refusedBy } from "./refused-by.ts";
export type { RenderedPart, Rendering } from "./rendering.ts";
export type { EngineMode } from "./runtime.ts";
export { MUTATING_METHODS, type Vocabulary, vocabularyOf } from "./vocabulary.ts";
export { type Visit, walk } from "./walk.ts";
