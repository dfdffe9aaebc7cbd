import { ATTRIBUTES, PLAIN_ATTRIBUTES } from "./evaluate/loop-object.ts";
import { pythonFilters } from "./filters/index.ts";
import { globalsOf } from "./globals.ts";
import { llamaFilterNames } from "./llama/index.ts";
import { llamaTests } from "./llama/tests.ts";
import { dictMethods } from "./methods/dict.ts";
import { MUTATING } from "./methods/index.ts";
import { listMethods } from "./methods/list.ts";
import { stringMethods } from "./methods/string.ts";
import type { EngineMode } from "./runtime.ts";
import { pythonTests } from "./tests.ts";

/** The names that an engine knows. What it does with them may still depend on the type of the value. */
export interface Vocabulary {
  readonly filters: ReadonlySet<string>;
  readonly tests: ReadonlySet<string>;
  /** Functions found without being given. */
  readonly functions: ReadonlySet<string>;
  /** Of strings, lists and mappings alike. */
  readonly methods: ReadonlySet<string>;
  /** Attributes of `loop`. */
  readonly loop: ReadonlySet<string>;
}

/** Methods that change a list or mapping; Jinja2's immutable sandbox, in which transformers renders, refuses them. */
export const MUTATING_METHODS: ReadonlySet<string> = new Set(Object.values(MUTATING).flat());

/** What the engine of a mode knows, by the tables with which we render. */
export function vocabularyOf(mode: EngineMode): Vocabulary {
  const functions = new Set(globalsOf(mode).keys());
  if (mode === "llama.cpp") {
    return {
      filters: llamaFilterNames,
      tests: new Set(llamaTests.keys()),
      functions,
      methods: llamaFilterNames,
      loop: new Set(PLAIN_ATTRIBUTES.keys()),
    };
  }
  const methods = [stringMethods, listMethods, dictMethods].flatMap((table) => [...table.keys()]);
  return {
    filters: new Set(pythonFilters.keys()),
    tests: new Set(pythonTests.keys()),
    functions,
    methods: new Set([...methods, ...MUTATING_METHODS]),
    loop: new Set(ATTRIBUTES.keys()),
  };
}
