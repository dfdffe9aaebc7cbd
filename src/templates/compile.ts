import { HalterError } from "../types/index.ts";
import type { AppliedStep } from "./adapt/index.ts";
import { patchSource } from "./adapt/source.ts";
import { probeCaps, type ReadingProgram, type TemplateCaps } from "./caps.ts";
import type { ClockReading } from "./clock.ts";
import type { Program, RenderValue } from "./engine.ts";
import { compile, type Rendering } from "./jinja/index.ts";

/** A template ready to render. Compiling costs milliseconds; keep it for as long as the source is in use. */
export interface CompiledTemplate {
  /** As it is compiled, with llama-server's patches. */
  readonly source: string;
  /** The patches that changed the source; none of them touches a message. */
  readonly patches: readonly AppliedStep[];
  readonly program: Program;
  /** As `program.run`, with the origin of every character. */
  readonly trace: (variables: Readonly<Record<string, RenderValue>>, now: ClockReading) => Rendering;
  /** What the template can take; probed once, when first asked for. */
  readonly caps: TemplateCaps;
}

/** Compiles a chat template. Throws `HalterError` `template_failed` for a source the engine cannot read. */
export async function compileTemplate(original: string): Promise<CompiledTemplate> {
  const { source, patches } = patchSource(original);
  const compiled = hinting(() => compile(source, { mode: "llama.cpp" }));
  const trace: CompiledTemplate["trace"] = (variables, now) => hinting(() => compiled.render(variables, { now }));
  const program: Program & ReadingProgram = {
    run: (variables, now) => trace(variables, now).text,
    reads: (variables, now) => compiled.reads(variables, { now }),
  };
  let caps: TemplateCaps | undefined;
  return {
    source,
    patches: patches.map((patch) => ({ ...patch, messages: 0 })),
    program,
    trace,
    get caps() {
      caps ??= probeCaps(program);
      return caps;
    },
  };
}

/** A failure that says nothing of a way out gets the one that is always open. */
function hinting<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof HalterError) || error.hint !== undefined) throw error;
    throw new HalterError(error.code, error.message, {
      hint: "Let the server render (--wire chat), or use another template (--chat-template-file)",
      data: error.data,
      cause: error.cause,
    });
  }
}
