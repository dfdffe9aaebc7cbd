import type { RenderValue } from "../../src/templates/engine.ts";
import { compile, type EngineMode, type RenderOptions } from "../../src/templates/jinja/index.ts";
import { HalterError } from "../../src/types/index.ts";

/** The clock of the golden renders: 2026-01-15 00:00:00. */
export const CLOCK = new Date(2026, 0, 15);

export const MODES: readonly EngineMode[] = ["transformers", "llama.cpp"];

export type Variables = Readonly<Record<string, RenderValue>>;

export function rendering(
  source: string,
  mode: EngineMode = "transformers",
  variables: Variables = {},
  options: Partial<RenderOptions> = {},
) {
  return compile(source, { mode }).render(variables, { now: CLOCK, ...options });
}

/** What a template writes. Throws as the engine does. */
export function written(source: string, mode: EngineMode = "transformers", variables: Variables = {}): string {
  return rendering(source, mode, variables).text;
}

/** What a template writes, or `null` where it fails as a template may. */
export function outcome(source: string, mode: EngineMode, variables: Variables = {}): string | null {
  try {
    return written(source, mode, variables);
  } catch (error) {
    if (error instanceof HalterError && error.code === "template_failed") return null;
    throw error;
  }
}

/** The failure of a template; fails itself where there is none. */
export function failureOf(run: () => unknown): HalterError {
  try {
    run();
  } catch (error) {
    if (error instanceof HalterError) return error;
    throw error;
  }
  throw new Error("the template did not fail");
}
