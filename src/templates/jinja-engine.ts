import { HalterError } from "../types/index.ts";
import { type ClockReading, strftime } from "./clock.ts";
import type { Engine, Program, RenderValue } from "./engine.ts";

/** A run-time value of the package. */
interface Value {
  type: string;
  value: unknown;
}

interface Scope {
  set(name: string, value: unknown): Value;
  setVariable(name: string, value: Value): Value;
}

interface FilterNode {
  readonly type: string;
  readonly value?: string;
}

interface Interpreter {
  run(program: unknown): Value;
  /** Private in the package's types; the place where a filter meets its operand. */
  applyFilter(operand: Value, filter: FilterNode, scope: Scope): Value;
}

/** What is used of the package; its own declarations do not resolve under `nodenext`. */
interface Jinja {
  readonly tokenize: (source: string, options: { lstrip_blocks: boolean; trim_blocks: boolean }) => unknown;
  readonly parse: (tokens: unknown) => unknown;
  readonly Environment: new (parent?: Scope) => Scope;
  readonly Interpreter: new (scope: Scope) => Interpreter;
}

/** Thrown through the engine by a template's `raise_exception`. */
class Raised extends Error {}

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

/** Turns our values into the package's; Maps keep their order, which plain objects lose for keys like `1`. */
function valueMaker({ Environment }: Jinja): (value: RenderValue) => Value {
  const make = (value: unknown) => new Environment().set("value", value);
  const convert = (value: RenderValue): Value => {
    if (value === null || typeof value !== "object") return make(value);
    if (Array.isArray(value)) return Object.assign(make([]), { value: value.map(convert) });
    const entries = value instanceof Map ? value : Object.entries(value as Record<string, RenderValue>);
    return Object.assign(make({}), { value: new Map([...entries].map(([key, item]) => [key, convert(item)])) });
  };
  return convert;
}

/** The package's interpreter with filters that llama-server's engine applies to nothing, too. */
function correctedInterpreter(jinja: Jinja, toValue: (value: RenderValue) => Value): Jinja["Interpreter"] {
  return class extends jinja.Interpreter {
    override applyFilter(operand: Value, filter: FilterNode, scope: Scope): Value {
      const isNothing = operand.type === "NullValue" || operand.type === "UndefinedValue";
      if (isNothing && filter.type === "Identifier" && filter.value === "string") {
        return toValue(operand.type === "NullValue" ? "None" : "");
      }
      return super.applyFilter(operand, filter, scope);
    }
  };
}
