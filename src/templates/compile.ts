import type { AppliedStep } from "./adapt/index.ts";
import { patchSource } from "./adapt/source.ts";
import { probeCaps, type TemplateCaps } from "./caps.ts";
import type { Program } from "./engine.ts";
import { loadJinjaEngine } from "./jinja-engine.ts";

/** A template ready to render. Compiling costs milliseconds; keep it for as long as the source is in use. */
export interface CompiledTemplate {
  /** As it is compiled, with llama-server's patches. */
  readonly source: string;
  /** The patches that changed the source; none of them touches a message. */
  readonly patches: readonly AppliedStep[];
  readonly program: Program;
  /** What the template can take; probed once, when first asked for. */
  readonly caps: TemplateCaps;
}

/** Compiles a chat template. Throws `HalterError` `template_failed` for a source the engine cannot read. */
export async function compileTemplate(original: string): Promise<CompiledTemplate> {
  const engine = await loadJinjaEngine();
  const { source, patches } = patchSource(original);
  const program = engine.compile(source);
  let caps: TemplateCaps | undefined;
  return {
    source,
    patches: patches.map((patch) => ({ ...patch, messages: 0 })),
    program,
    get caps() {
      caps ??= probeCaps(program);
      return caps;
    },
  };
}
