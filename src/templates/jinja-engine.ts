import { HalterError } from "../types/index.ts";
import { type ClockReading, strftime } from "./clock.ts";
import type { Engine, Program } from "./engine.ts";
import { correctedInterpreter } from "./jinja-corrections.ts";
import type { Jinja } from "./jinja-package.ts";
import { valueMaker } from "./jinja-values.ts";

/** Thrown through the engine by a template's `raise_exception`. */
export class Raised extends Error {}

let loaded: Promise<Engine> | undefined;

/** The engine of `@huggingface/jinja`, corrected where llama-server's engine differs in templates we know. */
export function loadJinjaEngine(): Promise<Engine> {
  loaded ??= import("@huggingface/jinja").then((jinja) => makeEngine(jinja as unknown as Jinja));
  return loaded;
}

function makeEngine(jinja: Jinja): Engine {
  const toValue = valueMaker(jinja);
  const Interpreter = correctedInterpreter(jinja, toValue);

  return {
    compile(source): Program {
      const program = attempt("The chat template cannot be read", () =>
        jinja.parse(jinja.tokenize(source, { lstrip_blocks: true, trim_blocks: true })),
      );
      return {
        run: (variables, now) =>
          attempt("The chat template failed", () => {
            const environment = new jinja.Environment();
            for (const [name, value] of Object.entries(globals(now))) environment.set(name, value);
            const scope = new jinja.Environment(environment);
            for (const [name, value] of Object.entries(variables)) scope.setVariable(name, toValue(value));
            return String(new Interpreter(scope).run(program).value);
          }),
      };
    },
  };
}

/** What templates may call, by name. */
export function globals(now: ClockReading): Record<string, unknown> {
  return {
    true: true,
    false: false,
    none: null,
    True: true,
    False: false,
    None: null,
    raise_exception: (text: unknown) => {
      throw new Raised(String(text));
    },
    strftime_now: (format: unknown) => strftime(now, String(format)),
    range: (first: number, end?: number, step = 1) => {
      const [from, to] = end === undefined ? [0, first] : [first, end];
      return Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, index) => from + index * step);
    },
  };
}

function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof HalterError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HalterError("template_failed", `${what}: ${reason}`, {
      hint:
        cause instanceof Raised
          ? "The template refuses this conversation; change what its message names"
          : "Let the server render (--wire chat), or use another template (--chat-template-file)",
      data: { raised: cause instanceof Raised },
      cause,
    });
  }
}
