import { probeCaps, type TemplateCaps } from "./caps.ts";
import type { Program } from "./engine.ts";
import { loadJinjaEngine } from "./jinja-engine.ts";

/** A template ready to render. Compiling costs milliseconds; keep it for as long as the source is in use. */
export interface CompiledTemplate {
  readonly source: string;
  readonly program: Program;
  /** What the template can take; probed once, when first asked for. */
  readonly caps: TemplateCaps;
}

/** Compiles a chat template. Throws `HalterError` `template_failed` for a source the engine cannot read. */
export async function compileTemplate(source: string): Promise<CompiledTemplate> {
  const engine = await loadJinjaEngine();
  const program = engine.compile(patchSource(source));
  let caps: TemplateCaps | undefined;
  return {
    source,
    program,
    get caps() {
      caps ??= probeCaps(program);
      return caps;
    },
  };
}

/** Line ends as llama-server reads them. */
function patchSource(source: string): string {
  return source.replaceAll("\r\n", "\n");
}
