import { expect, it } from "vitest";
import { failureOf, rendering } from "../../support/jinja.ts";

const LISTS = "{% set a = range(100000) | list %}{% set b = range(100000) | list %}";
const OFTEN = "{% for i in range(20000) %}";

/** Work on long lists and mappings that is cheap by the item and endless in sum, with the mode that has it. */
const HOSTILE: readonly (readonly [what: string, mode: "transformers" | "llama.cpp", source: string])[] = [
  ["equal lists", "transformers", `${LISTS}${OFTEN}{% if a == b %}{% endif %}{% endfor %}`],
  ["equal lists", "llama.cpp", `${LISTS}${OFTEN}{% if a == b %}{% endif %}{% endfor %}`],
  ["ordered lists", "transformers", `${LISTS}${OFTEN}{% if a < b %}{% endif %}{% endfor %}`],
  ["equal mappings", "transformers", `${OFTEN}{% if given == same %}{% endif %}{% endfor %}`],
  ["equal mappings", "llama.cpp", `${OFTEN}{% if given == same %}{% endif %}{% endfor %}`],
  [
    "a tuple that holds itself twice",
    "llama.cpp",
    "{% set n = namespace(t=1) %}{% for i in range(40) %}{% set n.t = (n.t, n.t) %}{% endfor %}{% set q = (n.t, 1) == (1, 1) %}",
  ],
  [
    "a long list emptied from its front",
    "llama.cpp",
    "{% set l = range(190000) | list %}{% for i in range(150000) %}{% set x = l.pop(0) %}{% endfor %}",
  ],
];

const mapping = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key${index}`, index]));

it.each(HOSTILE)("%s in %s mode pass the limit of steps", { timeout: 60_000 }, (_, mode, source) => {
  const failure = failureOf(() => rendering(source, mode, { given: mapping, same: { ...mapping } }));
  expect(failure.message).toMatch(/the render passed the limit of [\d,]+ steps/);
});
