import { describe, expect, it } from "vitest";
import { rules } from "../../../src/inspect/rules/g/index.ts";
import type { ServerView } from "../../../src/inspect/rules/rule.ts";
import { runRules } from "../../../src/inspect/rules/run.ts";
import type { RenderValue } from "../../../src/templates/index.ts";
import { findingsOf, subjectOf } from "../../support/template-rules.ts";

const TEMPLATE = "{% for m in messages %}{{ m.content }}{% endfor %}";

type Schema = { readonly [key: string]: RenderValue };

/** A tool with one parameter of that schema. */
const tool = (value: Schema, name = "look_up", more: Schema = {}): RenderValue => ({
  type: "function",
  function: { name, description: "", parameters: { type: "object", properties: { value }, ...more } },
});

function nested(depth: number): Schema {
  return depth === 0 ? { type: "string" } : { type: "object", properties: { a: nested(depth - 1) } };
}

const STRING = { type: "string" };

/** Tools that a rule must notice, with words of the finding, and tools that it must leave alone. */
const FIXTURES: Readonly<
  Record<
    string,
    { readonly bad: readonly (readonly [string, readonly RenderValue[]])[]; readonly good: readonly RenderValue[] }
  >
> = {
  G01: {
    bad: [["look_up/properties/value: the pattern [a-z]+ is not anchored", [tool({ ...STRING, pattern: "[a-z]+" })]]],
    good: [tool({ ...STRING, pattern: "^[a-z]+$" })],
  },
  G02: {
    bad: [
      ["a class of characters", [tool({ ...STRING, pattern: "^\\d+$" })]],
      ["a look around", [tool({ ...STRING, pattern: "^(?!a)b$" })]],
      ["a reference back", [tool({ ...STRING, pattern: "^(a)\\1$" })]],
    ],
    good: [tool({ ...STRING, pattern: "^[0-9]+\\\\d$" }), tool({ ...STRING, pattern: "\\d" }, "other")],
  },
  G03: {
    bad: [
      ["items of a list", [tool({ type: "array", items: { ...STRING, pattern: "^a$" } })]],
      [
        "items/properties/a",
        [tool({ type: "array", items: { type: "object", properties: { a: { pattern: "^a$" } } } })],
      ],
    ],
    good: [tool({ ...STRING, pattern: "^a$" })],
  },
  G04: {
    bad: [
      ["2500 is more than 2000", [tool({ ...STRING, minLength: 2500 })]],
      ["multiply to 10000", [tool({ type: "array", maxItems: 100, items: { ...STRING, maxLength: 100 } })]],
    ],
    good: [tool({ ...STRING, maxLength: 10_000 }), tool({ type: "array", maxItems: 10, items: STRING }, "other")],
  },
  G05: {
    bad: [["anyOf stands beside properties", [tool({ anyOf: [STRING], properties: { a: STRING } })]]],
    good: [tool({ anyOf: [STRING, { type: "null" }], description: "either" })],
  },
  G06: { bad: [["allows nothing", [tool({ not: {} })]]], good: [tool({ not: { type: "null" } })] },
  G07: {
    bad: [
      ["leads nowhere", [tool({ $ref: "#/$defs/Missing" })]],
      ["outside the tool's parameters", [tool({ $ref: "https://example.com/schema" })]],
      [
        "a schema around it",
        [tool(STRING, "walk", { $defs: { Node: { properties: { next: { $ref: "#/$defs/Node" } } } } })],
      ],
      ["# leads to a schema around it", [tool(STRING, "walk", { $ref: "#" })]],
      ["into a union", [tool({ $ref: "#/$defs/Either" }, "walk", { $defs: { Either: { anyOf: [STRING] } } })]],
    ],
    good: [tool({ $ref: "#/$defs/a~1b" }, "walk", { $defs: { "a/b": STRING } })],
  },
  G08: {
    bad: [
      ["deeper than 64", [tool(nested(70))]],
      ["more than 64", Array.from({ length: 65 }, (_, index) => tool(STRING, `tool_${index}`))],
      [
        "characters, more than",
        [tool({ ...STRING, enum: Array.from({ length: 20_000 }, (_, index) => `value${index}`) })],
      ],
    ],
    good: [tool(nested(5))],
  },
  G11: {
    bad: [
      ['"a:b" is no plain name of a tool', [tool(STRING, "a:b")]],
      ["two tools are named look_up", [tool(STRING), tool(STRING)]],
      ['"</x>" is no plain name of a parameter', [tool({ type: "object", properties: { "</x>": STRING } })]],
    ],
    good: [tool(STRING, "mcp__files-read"), tool({ type: "object", properties: { "$schema.id": STRING } }, "other")],
  },
};

const ofSchemas = rules.filter(({ id }) => id !== "G10");

describe("rules on tool schemas", () => {
  it.each(ofSchemas.map((rule) => [rule.id, rule] as const))(
    "%s notices bad tools and leaves good ones alone",
    async (id, rule) => {
      const { bad, good } = FIXTURES[id]!;
      for (const [says, tools] of bad) {
        const found = await findingsOf(rule, TEMPLATE, { tools });
        expect(found.map(({ message }) => message).join("\n")).toContain(says);
      }
      expect(await findingsOf(rule, TEMPLATE, { tools: good })).toEqual([]);
    },
  );

  it.each(ofSchemas.map((rule) => [rule.id, rule] as const))("%s bears tools that are none", async (_, rule) => {
    const odd: RenderValue[] = [
      null,
      "tool",
      {},
      { function: 3 },
      tool({ properties: null, items: [null, 3], anyOf: {} }),
    ];
    await expect(findingsOf(rule, TEMPLATE, { tools: odd })).resolves.toBeInstanceOf(Array);
    await expect(findingsOf(rule, TEMPLATE, { tools: [] })).resolves.toEqual([]);
  });

  it("are skipped without tools", async () => {
    const { skipped } = await runRules(ofSchemas, await subjectOf(TEMPLATE));
    expect(skipped.map(({ rule }) => rule.id)).toEqual(ofSchemas.map(({ id }) => id));
    expect(skipped[0]?.reason).toContain("--tools");
  });

  it("G10 tells which tool the server refuses", async () => {
    const [G10] = rules.filter(({ id }) => id === "G10");
    const refusing = (refuses: (names: readonly string[]) => boolean): ServerView => ({
      build: undefined,
      caps: {},
      chatTemplate: TEMPLATE,
      applyTemplate: async () => "",
      tryTools: async ({ tools = [] }) => {
        const names = tools.map((each) => (each as { readonly function: { readonly name: string } }).function.name);
        return refuses(names) ? "failed to parse grammar" : undefined;
      },
    });
    const tools = [tool(STRING, "good"), tool(STRING, "bad")];
    const messages = async (server: ServerView) =>
      (await findingsOf(G10!, TEMPLATE, { server, tools })).map(({ message }) => message);
    expect(await messages(refusing(() => false))).toEqual([]);
    expect(await messages(refusing((names) => names.includes("bad")))).toEqual([
      "the server refuses bad: failed to parse grammar",
    ]);
    expect(await messages(refusing((names) => names.length > 1))).toEqual([
      "the server refuses these tools together: failed to parse grammar",
    ]);
    expect((await messages(refusing(() => true)))[0]).toContain("even without tools");
  });
});
