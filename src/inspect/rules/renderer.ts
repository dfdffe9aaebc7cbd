import {
  type ClockReading,
  compile,
  type Engine,
  type EngineMode,
  type JinjaProgram,
  type Program,
  parseTemplate,
  patchSource,
  prepare,
  probeCaps,
  type Rendering,
  type RenderValue,
  type TemplateCaps,
} from "../../templates/index.ts";
import { HalterError } from "../../types/index.ts";
import { FIXED_DAY } from "./day.ts";
import { promptOf } from "./prompt.ts";
import type { Conversation, Outcome, RenderOptions } from "./rule.ts";

/** After so many renders that passed a limit the template is not run any more: each may take seconds. */
const LIMIT_STRIKES = 3;
/** Above this the package is not tried: it has no limits and can end the whole process. */
const PACKAGE_STEPS = 200_000;
const NOT_GIVEN = `not given to @huggingface/jinja, which has no limits: halter's own engine takes more than ${PACKAGE_STEPS.toLocaleString("en-US")} steps`;

export interface RendererInput {
  /** For the words of failures. */
  readonly name: string;
  readonly source: string;
  readonly bosToken: string;
  readonly eosToken: string;
  /** The other engine, for `engine: "hf"`. */
  readonly packageEngine: Engine;
}

/** Renders conversations with one template, in every way that rules ask for. Nothing is remembered but what was compiled. */
export class Renderer {
  readonly #input: RendererInput;
  readonly #patched: string;
  readonly #programs = new Map<string, JinjaProgram | HalterError>();
  #packageProgram: Program | HalterError | undefined;
  #caps: TemplateCaps | undefined;
  #strikes = 0;
  #stopped: Refused | undefined;

  constructor(input: RendererInput) {
    this.#input = input;
    this.#patched = patchSource(input.source).source;
  }

  /** What the template can take, by probes with our own engine in llama.cpp mode. */
  get caps(): TemplateCaps {
    this.#caps ??= probeCaps({
      run: (variables, now) => {
        const outcome = this.#run("llama.cpp", false, variables, now);
        if (outcome.type === "refused") throw new HalterError("template_failed", outcome.message);
        return outcome.text;
      },
      reads: (variables, now) => {
        const program = this.#program("llama.cpp", false);
        return program instanceof HalterError ? new Set() : program.reads(variables, this.#options(now));
      },
    });
    return this.#caps;
  }

  /** Never throws: what cannot be rendered is `refused`. */
  render(conversation: Conversation, options: RenderOptions): Outcome {
    const { mode = "llama.cpp", raw = false, now = FIXED_DAY, engine = "own" } = options;
    const prepared = this.#prepare(conversation, options, now);
    if (prepared instanceof HalterError) return refusal(prepared);
    const outcome = this.#run(engine === "hf" ? "llama.cpp" : mode, raw, prepared.variables, now);
    const run = engine === "hf" ? this.#runPackage(outcome, raw, prepared.variables, now) : outcome;
    return run.type === "text" ? finished(run, prepared.finish(run.text).text) : run;
  }

  #prepare(conversation: Conversation, options: RenderOptions, now: ClockReading) {
    const { generate = true, raw, mode, engine } = options;
    const { bosToken, eosToken } = this.#input;
    const prompting = generate === "absent" ? {} : { add_generation_prompt: generate };
    if (raw) {
      const isPython = mode === "transformers" || engine === "hf";
      const { messages, tools = isPython ? null : undefined, kwargs } = conversation;
      const tokens = { bos_token: bosToken, eos_token: eosToken };
      const variables = { messages, tools, ...(isPython && { documents: null }), ...tokens, ...prompting, ...kwargs };
      return { variables, finish: (text: string) => ({ text }) };
    }
    try {
      const input = { source: this.#patched, caps: this.caps, bosToken, eosToken, now };
      const prepared = prepare({ ...input, prompt: promptOf(conversation), addGenerationPrompt: generate === true });
      return { ...prepared, variables: { ...prepared.variables, ...(generate === false && prompting) } };
    } catch (error) {
      if (error instanceof HalterError) return error;
      throw error;
    }
  }

  #run(mode: EngineMode, raw: boolean, variables: Readonly<Record<string, RenderValue>>, now: ClockReading): Outcome {
    const program = this.#program(mode, raw);
    if (program instanceof HalterError) return refusal(program);
    if (this.#stopped && this.#strikes >= LIMIT_STRIKES) return this.#stopped;
    try {
      return ofRendering(program.render(variables, this.#options(now)));
    } catch (error) {
      if (!(error instanceof HalterError)) throw error;
      const refused = refusal(error);
      if (refused.limited) {
        this.#strikes += 1;
        this.#stopped = refused;
      }
      return refused;
    }
  }

  #options(now: ClockReading) {
    return { now, elapsedMs: () => performance.now() };
  }

  #program(mode: EngineMode, raw: boolean): JinjaProgram | HalterError {
    const source = raw ? this.#input.source : this.#patched;
    const key = `${mode} ${source === this.#patched}`;
    let program = this.#programs.get(key);
    if (!program) {
      program = attempt(() => compile(parseTemplate(source, { name: this.#input.name }), { mode }));
      this.#programs.set(key, program);
    }
    return program;
  }

  /** `own` is what our engine made of the same: a template that it had to stop is not given to the package. */
  #runPackage(
    own: Outcome,
    raw: boolean,
    variables: Readonly<Record<string, RenderValue>>,
    now: ClockReading,
  ): Outcome {
    if (own.type === "refused" && own.limited) return own;
    if (own.type === "text" && own.steps > PACKAGE_STEPS) {
      return { type: "refused", message: NOT_GIVEN, raised: false, limited: true };
    }
    this.#packageProgram ??= attempt(() => this.#input.packageEngine.compile(raw ? this.#input.source : this.#patched));
    const program = this.#packageProgram;
    if (program instanceof HalterError) return refusal(program);
    const text = attempt(() => program.run(variables, now));
    if (text instanceof HalterError) return refusal(text);
    const parts = text === "" ? [] : [{ text, path: undefined }];
    return { type: "text", text, parts, reads: new Set(), steps: 0 };
  }
}

type Refused = Extract<Outcome, { type: "refused" }>;

function refusal(error: HalterError): Refused {
  const { message, data } = error;
  const raised = data.raised === true;
  const words = raised && typeof data.message === "string" ? data.message : message.split("\n", 1)[0]!;
  return { type: "refused", message: words, raised, ...(data.limited === true && { limited: true }), error };
}

/** The rendering's own lazy parts stay lazy. */
function ofRendering(rendering: Rendering): Outcome {
  return {
    type: "text",
    text: rendering.text,
    steps: rendering.steps,
    get parts() {
      return rendering.parts;
    },
    get reads() {
      return rendering.reads;
    },
  };
}

/** `text` is the outcome's with what the server adds at its end. */
function finished(outcome: Extract<Outcome, { type: "text" }>, text: string): Outcome {
  const added = text.slice(outcome.text.length);
  if (added === "") return outcome;
  return { ...outcome, text, parts: [...outcome.parts, { text: added, path: undefined }] };
}

function attempt<T>(work: () => T): T | HalterError {
  try {
    return work();
  } catch (error) {
    if (error instanceof HalterError) return error;
    throw error;
  }
}
