import type { Builtin, Builtins } from "../builtin.ts";
import { llamaFilter, llamaFilterNames } from "../llama/index.ts";
import { safe } from "../markup.ts";
import { Failure } from "../runtime.ts";
import { Markup, Text } from "../text.ts";
import { listFilters } from "./list.ts";
import { lookFilters } from "./look.ts";
import { markupFilters } from "./markup.ts";
import { numberFilters } from "./number.ts";
import { selectFilters } from "./select.ts";
import { sortFilters } from "./sort.ts";
import { textFilters } from "./text.ts";

/** The filters of Jinja2 3.1.6, but `random`: a render gives the same each time. */
export const pythonFilters: Builtins = new Map([
  ...textFilters,
  ...listFilters,
  ...selectFilters,
  ...sortFilters,
  ...numberFilters,
  ...markupFilters,
  ...lookFilters,
]);

/** Filters that make safe text of safe text. */
const KEEPS_MARKUP: ReadonlySet<string> = new Set([
  "upper",
  "lower",
  "capitalize",
  "center",
  "indent",
  "replace",
  "trim",
]);

const names = new Set([...pythonFilters.keys(), ...llamaFilterNames]);

/** Every filter of either mode. A name that the render's mode does not have fails when it is applied. */
export const filters: Builtins = new Map<string, Builtin>(
  Array.from(names, (name) => [
    name,
    (runtime, subject, input) => {
      if (runtime.mode === "llama.cpp") return llamaFilter(runtime, name, subject, input);
      const filter = pythonFilters.get(name);
      if (!filter) throw new Failure(`No filter named '${name}'.`);
      const result = filter(runtime, subject, input);
      return subject instanceof Markup && KEEPS_MARKUP.has(name) && result instanceof Text ? safe(result) : result;
    },
  ]),
);
