import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseTemplate } from "../../../src/templates/jinja/parse.ts";
import { HalterError } from "../../../src/types/index.ts";
import { treeText } from "../../support/templates-tree-text.ts";

const fixtures = path.join(import.meta.dirname, "..", "..", "..", "fixtures", "templates");

/** What Jinja2 3.1.6 parses each source to with trim_blocks, lstrip_blocks, loop controls and `do`; null where it refuses it. */
const trees = readFileSync(path.join(fixtures, "trees.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as { readonly source: string; readonly tree: string | null });

function parsed(source: string): string | null {
  try {
    return treeText(parseTemplate(source).body);
  } catch (error) {
    if (error instanceof HalterError && error.code === "template_failed") return null;
    throw error;
  }
}

test("every source is read as Jinja2 reads it, or refused where it refuses", () => {
  expect(trees.map(({ source }) => ({ source, tree: parsed(source) }))).toEqual(trees);
});

test("a generation block is a statement of its own", () => {
  const { body } = parseTemplate("{% generation %}\na{{ b }}\n{% endgeneration %}\n");
  expect(treeText(body)).toBe('[(generation ["a" (out b) "\\n"])]');
});

test.each(readdirSync(path.join(fixtures, "errors")).filter((name) => name.endsWith(".txt")))("error: %s", (name) => {
  const [source, told] = readFileSync(path.join(fixtures, "errors", name), "utf8").split("\n-----\n");
  expect(errorText(source!, name.replace(".txt", ".jinja"))).toBe(told!.trimEnd());
});

function errorText(source: string, name: string): string {
  try {
    parseTemplate(source, { name });
  } catch (error) {
    if (error instanceof HalterError) return error.hint ? `${error.message}\nhint: ${error.hint}` : error.message;
    throw error;
  }
  return "no error";
}
