import { HalterError } from "../types/index.ts";
import type { AppliedStep } from "./adapt/index.ts";
import { patchSource } from "./adapt/source.ts";
import { probeCaps, type TemplateCaps } from "./caps.ts";
import type { ClockReading } from "./clock.ts";
import type { RenderValue } from "./engine.ts";
import { compile, type Rendering } from "./jinja/index.ts";

/** A template ready to render. Compiling costs milliseconds; keep it for as long as the source is in use. */
export interface CompiledTemplate {
  /** As it is compiled, with llama-server's patches. */
  readonly source: string;
  /** The patches that changed the source; none of them touches a message. */
  readonly patches: readonly AppliedStep[];
  /** Renders as llama.cpp's bare engine does; throws `HalterError` `template_failed`. */
  readonly run: (variables: Readonly<Record<string, RenderValue>>, now: ClockReading) => Rendering;
  /** What the template can take; probed once, when first asked for. */
  readonly caps: TemplateCaps;
}

/**
 * Compiles a chat template. Throws `HalterError` `template_failed` for a source the engine cannot read.
 * @param build the server's own words, e.g. `b11549-1a2b3c4`; where they name no real build the newest known one's rules hold
 */
export async function compileTemplate(original: string, build = ""): Promise<CompiledTemplate> {
  const { source, patches } = patchSource(original);
  const number = buildNumber(build);
  const program = hinting(() => compile(source, { mode: "llama.cpp", ...(number !== undefined && { build: number }) }));
  const run: CompiledTemplate["run"] = (variables, now) => hinting(() => program.render(variables, { now }));
  let caps: TemplateCaps | undefined;
  return {
    source,
    patches: patches.map((patch) => ({ ...patch, messages: 0 })),
    run,
    get caps() {
      caps ??= probeCaps({
        run: (variables, now) => run(variables, now).text,
        reads: (variables, now) => program.reads(variables, { now }),
      });
      return caps;
    },
  };
}

/** The first build that had a template engine of its own was about b7700; a build without git calls itself b0 or b1. */
const FIRST_BUILD = 7000;

function buildNumber(build: string): number | undefined {
  const number = Number(/^b?(\d+)\b/.exec(build)?.[1]);
  return number >= FIRST_BUILD ? number : undefined;
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
