import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { RenderValue } from "../../../src/templates/engine.ts";
import { parseJson } from "../../../src/templates/json.ts";
import { outcome } from "../../support/jinja.ts";

/**
 * What Python's Jinja2 3.1.6, set up as transformers does it, and llama-server b11549 make of templates over the same variables; null
 * where they fail, absent where the result depends on the day or on what this engine leaves out.
 */
interface Fixture {
  readonly cases: readonly {
    readonly source: string;
    readonly transformers?: string | null;
    readonly llama?: string | null;
  }[];
}

const file = path.join(import.meta.dirname, "..", "..", "..", "fixtures", "templates", "expressions.json");
const text = readFileSync(file, "utf8");
const { cases } = JSON.parse(text) as Fixture;
// Read again with the numbers' own text.
const variables = Object.fromEntries(mapOf(mapOf(parseJson(text)).get("variables")));

function mapOf(value: RenderValue): ReadonlyMap<string, RenderValue> {
  return value instanceof Map ? value : new Map(Object.entries(value as object));
}

describe.each([
  ["transformers", "transformers"],
  ["llama.cpp", "llama"],
] as const)("%s mode", (mode, column) => {
  const known = cases.filter((entry) => entry[column] !== undefined);

  it("has more than a thousand recorded results", () => {
    expect(known.length).toBeGreaterThan(1_000);
  });

  it("gives what the reference gives", () => {
    const wrong = known.flatMap(({ source, [column]: wanted }) => {
      const given = outcome(source, mode, variables);
      return given === wanted ? [] : [{ source, wanted, given }];
    });
    expect(wrong).toEqual([]);
  });
});
