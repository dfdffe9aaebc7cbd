import { originPath } from "./origin.ts";
import type { Plan } from "./plan.ts";
import type { Run } from "./run.ts";
import { lineAt, lineStarts } from "./source.ts";
import { runsOf, type Text, TextBuilder } from "./text.ts";

/** A stretch of rendered text of one origin. */
export interface RenderedPart {
  readonly text: string;
  /** Where in the input it stood, e.g. `["messages", 2, "content"]`; undefined for the template's own text. */
  readonly path: readonly (string | number)[] | undefined;
}

/** Lines of the template, from 1. */
export interface Coverage {
  /** On which a statement ran. */
  readonly ran: ReadonlySet<number>;
  /** On which a statement begins. */
  readonly all: ReadonlySet<number>;
}

/** What a render gives. All but the text is worked out when it is first asked for. */
export class Rendering {
  readonly text: string;
  /** Units of work it took. */
  readonly steps: number;
  readonly #run: Run;
  readonly #plan: Plan;
  #parts: readonly RenderedPart[] | undefined;
  #coverage: Coverage | undefined;

  constructor(run: Run, plan: Plan) {
    let text = "";
    for (const { rope } of run.output.texts) text += rope;
    this.text = text;
    this.steps = run.meter.steps;
    this.#run = run;
    this.#plan = plan;
  }

  /** Runs of one origin; one after the other they are `text`. */
  get parts(): readonly RenderedPart[] {
    this.#parts ??= partsOf(this.#run.output.texts);
    return this.#parts;
  }

  /** Paths of the input values that the template looked at, there or not: `messages`, `messages.0.content`, `enable_thinking`. */
  get reads(): ReadonlySet<string> {
    return this.#run.input.reads();
  }

  get coverage(): Coverage {
    this.#coverage ??= coverageOf(this.#run, this.#plan);
    return this.#coverage;
  }
}

function partsOf(texts: readonly Text[]): readonly RenderedPart[] {
  const builder = new TextBuilder();
  for (const text of texts) builder.add(text);
  const whole = builder.text();
  let start = 0;
  return runsOf(whole).map(({ length, origin }) => {
    const text = whole.value.slice(start, start + length);
    start += length;
    return { text, path: origin && originPath(origin) };
  });
}

function coverageOf({ ran }: Run, { tree, statements }: Plan): Coverage {
  const starts = lineStarts(tree.source);
  const lines = statements.map(({ start }) => lineAt(starts, start));
  return { ran: new Set(lines.filter((_, number) => ran[number] === 1)), all: new Set(lines) };
}
