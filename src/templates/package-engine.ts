import { HalterError } from "../types/index.ts";
import { type ClockReading, strftime } from "./clock.ts";
import type { Engine, RenderValue } from "./engine.ts";
import type { Jinja } from "./jinja-package.ts";
import { Numeral } from "./numbers.ts";

/** Thrown through the engine by a template's `raise_exception`. */
class Raised extends Error {}

let loaded: Promise<Engine> | undefined;

/**
 * `@huggingface/jinja` as it comes, with a clock that can be set: what a JavaScript user of a template gets. It has no limits of its own:
 * run it only on templates that our own engine has rendered.
 */
export function loadPackageEngine(): Promise<Engine> {
  loaded ??= import("@huggingface/jinja").then((jinja) => packageEngine(jinja as unknown as Jinja));
  return loaded;
}

function packageEngine(jinja: Jinja): Engine {
  return {
    compile(source) {
      const program = attempt(() => jinja.parse(jinja.tokenize(source, { lstrip_blocks: true, trim_blocks: true })));
      return {
        run: (variables, now) =>
          attempt(() => {
            const environment = new jinja.Environment();
            for (const [name, value] of Object.entries({ ...globals(now), ...plainFields(variables) }))
              environment.set(name, value);
            return String(new jinja.Interpreter(environment).run(program).value);
          }),
      };
    },
  };
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HalterError("template_failed", reason, {
      hint: "@huggingface/jinja cannot render this; llama-server and transformers may",
      data: { raised: cause instanceof Raised },
      cause,
    });
  }
}

/** The package takes plain values only. */
function plainValue(value: RenderValue): unknown {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Numeral) return value.value;
  if (Array.isArray(value)) return value.map(plainValue);
  return plainFields(value instanceof Map ? Object.fromEntries(value) : (value as Record<string, RenderValue>));
}

function plainFields(fields: Readonly<Record<string, RenderValue>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, plainValue(value)]])),
  );
}

function globals(now: ClockReading): Record<string, unknown> {
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
