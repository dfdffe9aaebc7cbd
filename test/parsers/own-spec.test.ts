import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { createParser } from "../../src/parsers/index.ts";
import { parserSpecSchema } from "../../src/types/parser-spec.ts";
import { calls, parse, shown, tools } from "../support/parsers.ts";

it("a new family is data: markers of its own around notations that are there", () => {
  const spec = parserSpecSchema.parse({
    id: "invented",
    thinking: { open: ["[MUSE]"], close: ["[/MUSE]"] },
    calls: [{ open: "[CALL]", close: "[/CALL]", syntaxes: ["json", "function-xml"] }],
  });
  const text =
    '[MUSE]Look.[/MUSE]So:[CALL]{"name": "read", "arguments": {"path": "a"}}[/CALL]' +
    "[CALL]<function=read><parameter=path>b</parameter></function>[/CALL] Done [CALL me].";
  let id = 0;
  const parser = createParser(spec, { tools, thinkingOpen: false, newId: () => String(id++) });
  const events = [...[...text].flatMap((character) => parser.push(character)), ...parser.end()];
  expect(calls(events).map(({ call, notation }) => [call.id, call.arguments, notation])).toEqual([
    ["0", '{"path": "a"}', "native"],
    ["1", '{"path": "b"}', "native"],
  ]);
  expect([shown(events, "reasoning"), shown(events)]).toEqual(["Look.", "So: Done [CALL me]."]);
});

it("the README's example of a new model works as it stands there", () => {
  const readme = readFileSync(path.join(import.meta.dirname, "..", "..", "README.md"), "utf8");
  const section = readme.slice(readme.indexOf("### A new model without code"));
  const spec = parserSpecSchema.parse(JSON.parse(/```json\n([\s\S]*?)```/.exec(section)![1]!));
  const call = /`(\[CALL\].*?\[\/CALL\])`/.exec(section)![1]!.replace("{…}", '{"path": "a"}');
  const events = parse([...`[MUSE]Look.[/MUSE]So:${call}`], { spec });
  expect(calls(events)).toMatchObject([
    { call: { name: "read", arguments: '{"path": "a"}' }, notation: "native", repairs: [] },
  ]);
  expect([shown(events, "reasoning"), shown(events)]).toEqual(["Look.", "So:"]);
});

it("textCalls: false leaves every call outside the markers as text", () => {
  const spec = parserSpecSchema.parse({ id: "strict", calls: [], textCalls: false });
  const text = '```json\n{"name": "read", "arguments": {"path": "a"}}\n```\n<function=read></function>';
  const parser = createParser(spec, { tools, thinkingOpen: false, newId: () => "0" });
  expect(shown([...parser.push(text), ...parser.end()])).toBe(text);
});
