import type { ClockReading } from "../clock.ts";
import type { RenderValue } from "../engine.ts";
import type { TemplateTree } from "./ast.ts";
import { compileBlock } from "./evaluate/statements.ts";
import { globalsOf } from "./globals.ts";
import { Input } from "./input.ts";
import { withoutLostStart } from "./llama/lost-start.ts";
import { type Limits, RenderMeter } from "./meter.ts";
import { type Origin, originPath } from "./origin.ts";
import { parseTemplate } from "./parse.ts";
import type { Execute, Plan } from "./plan.ts";
import { quirksOf } from "./quirks.ts";
import { type Refusal, refusedBy } from "./refused-by.ts";
import { Rendering } from "./rendering.ts";
import { Run } from "./run.ts";
import { type EngineMode, Failure } from "./runtime.ts";
import { templateError } from "./source.ts";
import { originOf, Text } from "./text.ts";
import { Dict, List, Num, type Value } from "./values.ts";

export interface RenderOptions {
  /** Local time, for templates that print a date. */
  readonly now: ClockReading;
  readonly limits?: Partial<Limits>;
  /** A clock in milliseconds; without it the render's time is not limited, only its steps. */
  readonly elapsedMs?: () => number;
}

/** A template compiled for one engine's rules; it may render any number of times. */
export interface JinjaProgram {
  /**
   * Throws `HalterError` `template_failed` with place, excerpt and caret; its data are `line`, `column`, `excerpt`, `raised` (true where
   * the template itself refused), `limited` (true where a bound of this engine ended it) and, inside a loop over input, `path` of the
   * item.
   */
  render(variables: Readonly<Record<string, RenderValue>>, options: RenderOptions): Rendering;
  /** Paths of the input that a render looks at, up to where it fails if it does; see `Rendering.reads`. Never throws. */
  reads(variables: Readonly<Record<string, RenderValue>>, options: RenderOptions): ReadonlySet<string>;
}

export interface CompileOptions {
  readonly mode: EngineMode;
  /** The number of the llama.cpp build whose rules hold in that mode. Default the newest known. */
  readonly build?: number;
  readonly name?: string;
}

/** Throws `HalterError` `template_failed` for a source that the mode's engine cannot read. */
export function compile(source: TemplateTree | string, { mode, build, name }: CompileOptions): JinjaProgram {
  const tree = typeof source === "string" ? parseTemplate(source, name === undefined ? {} : { name }) : source;
  const refused = refusedBy(mode, tree, build);
  if (refused) throw refusal(refused, tree, mode);
  const plan: Plan = { tree, mode, quirks: quirksOf({ mode }), globals: globalsOf(mode, build), statements: [] };
  const execute = compileBlock(plan.quirks.losesStart ? withoutLostStart(tree) : tree.body, plan);
  return {
    render: (variables, options) => {
      const run = startRun(plan, variables, options);
      const failure = execution(execute, run);
      if (failure) throw problem(failure, run, plan);
      return new Rendering(run, plan);
    },
    reads: (variables, options) => {
      const run = startRun(plan, variables, options);
      execution(execute, run);
      return run.input.reads();
    },
  };
}

function startRun(
  plan: Plan,
  variables: Readonly<Record<string, RenderValue>>,
  { now, limits = {}, elapsedMs }: RenderOptions,
): Run {
  const input = new Input(variables, plan.quirks);
  const meter = new RenderMeter(limits, { messages: input.messages, characters: () => input.characters(), elapsedMs });
  const ran = new Uint8Array(plan.statements.length);
  return new Run({ mode: plan.mode, now, meter, input, globals: plan.globals, ran, span: { start: 0, end: 0 } });
}

/** Runs to the end or to a failure, which is the result then. */
function execution(execute: Execute, run: Run): Failure | undefined {
  try {
    execute(run);
    return undefined;
  } catch (error) {
    return asFailure(error);
  }
}

function refusal({ what, span }: Refusal, tree: TemplateTree, mode: EngineMode) {
  return templateError(tree, span, {
    what: `${what}, which ${mode === "llama.cpp" ? "llama.cpp's engine" : "transformers"} cannot read,`,
    hint: "Such a template cannot be loaded there; say it in another way.",
    data: { raised: false },
  });
}

/** JavaScript's own limits of depth and length; anything else that is no failure is a fault of ours. */
function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof RangeError) {
    const isDeep = error.message.startsWith("Maximum call stack size exceeded");
    const what = isDeep ? "the template is nested too deeply" : `a value is larger than can be made (${error.message})`;
    return new Failure(what, { hint: "Simplify it.", limited: true });
  }
  throw error;
}

function problem(failure: Failure, run: Run, { tree }: Plan) {
  const path = pathOf(run.items);
  const what = failure.raised ? `the template refuses: ${failure.message}` : failure.message;
  return templateError(tree, run.span, {
    what: path ? `${what} (at ${shownPath(path)})` : what,
    hint: failure.hint ?? (failure.raised ? "The template does not take such a conversation." : undefined),
    cause: failure,
    data: {
      raised: failure.raised,
      ...(failure.limited && { limited: true }),
      ...(failure.raised ? { message: failure.message } : {}),
      ...(path ? { path } : {}),
    },
  });
}

/** The innermost input value that a loop is at. */
function pathOf(items: readonly Value[]): readonly (string | number)[] | undefined {
  const origin = items.map(inputOrigin).findLast((found) => found !== undefined);
  return origin && originPath(origin);
}

function inputOrigin(value: Value): Origin | undefined {
  if (value instanceof Text) return originOf(value);
  return value instanceof Dict || value instanceof List || value instanceof Num ? value.origin : undefined;
}

/** `messages[3].content` */
function shownPath(path: readonly (string | number)[]): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : index > 0 ? `.${key}` : key)).join("");
}
