import { describe, expect, it } from "vitest";
import { equalButForDate, lintMessages, probeThinking } from "../../src/templates/index.ts";
import { parseJson } from "../../src/templates/json.ts";
import { fixed, Numeral, shortest } from "../../src/templates/numbers.ts";
import type { Message } from "../../src/types/index.ts";

describe("numbers", () => {
  it.each([
    ["3.14159265358979", "3.14159"],
    ["123456.789", "123457"],
    ["1234567.89", "1.23457e+06"],
    ["1e5", "100000"],
    ["1.0e15", "1e+15"],
    ["0.0001", "0.0001"],
    ["0.00001234", "1.234e-05"],
    ["-0.0", "-0"],
    ["12345678901234567890", "-6101065172474983726"],
    ["99999999999999999999", "1e+20"],
    ["9007199254740993", "9007199254740993"],
  ])("%s in arguments is written %s", (source, text) => {
    expect(new Numeral(source).text).toBe(text);
  });

  it("prints floats with a point", () => {
    expect([1, 1e20, 12.34567849, 1e-7].map(fixed)).toEqual(["1.0", "100000000000000000000.0", "12.345678", "0.0"]);
    expect([0, 2.5, 999_999.5].map(shortest)).toEqual(["0", "2.5", "1e+06"]);
  });
});

describe("parseJson", () => {
  it("keeps the order of keys that look like numbers", () => {
    const value = parseJson('{"2": {"b": [], "1": {}}, "1": "a\\"},{", "x": [1, 2]}') as ReadonlyMap<string, unknown>;
    expect([...value.keys()]).toEqual(["2", "1", "x"]);
    expect([...(value.get("2") as ReadonlyMap<string, unknown>).keys()]).toEqual(["b", "1"]);
    expect(value.get("1")).toBe('a"},{');
  });

  it("refuses what is no JSON", () => {
    expect(() => parseJson('{"1": 1.0')).toThrow(SyntaxError);
  });

  it("reads long texts", () => {
    const text = '\\"x'.repeat(200_000);
    expect(parseJson(`["${text}", 1.5]`)).toHaveLength(2);
  });
});

describe("equalButForDate", () => {
  it.each([
    ["Today is 2026-01-15.", "Today is 2026-01-16.", true],
    ["Date: 15 Jan 2026", "Date: 16 Jan 2026", true],
    ["on Thursday, January 15, 2026 at 10:05", "on Friday, January 16, 2026 at 00:01", true],
    ["same", "same", true],
    ["Today is 2026-01-15.", "Today is 2026-01-15!", false],
    ["Version 1", "Version 2", false],
  ])("%s / %s", (a, b, expected) => {
    expect(equalButForDate(a, b)).toBe(expected);
  });
});

describe("probeThinking", () => {
  const markers = { open: ["<think>"], close: ["</think>"] };
  it.each([
    ["<|im_start|>assistant\n", false],
    ["<|im_start|>assistant\n<think>\n", true],
    ["<|im_start|>assistant\n<think>\n\n</think>\n\n", false],
  ])("%j leaves thinking open: %s", (generated, open) => {
    expect(probeThinking(generated, markers).thinkingOpen).toBe(open);
  });

  it("knows no thinking without markers", () => {
    expect(probeThinking("<think>", undefined).thinkingOpen).toBe(false);
  });
});

describe("lintMessages", () => {
  const system: Message = { role: "system", content: "s" };
  const user: Message = { role: "user", content: "u" };
  const assistant: Message = { role: "assistant", content: "a" };
  const calling = (args: string): Message => ({
    ...assistant,
    tool_calls: [{ id: "1", type: "function", function: { name: "f", arguments: args } }],
  });
  it.each<[string, readonly Message[], readonly string[]]>([
    [
      "a sound history",
      [system, user, calling("{}"), { role: "tool", content: "r", name: "f", tool_call_id: "1" }],
      [],
    ],
    ["nothing", [], ["no_messages"]],
    ["two system messages", [system, system, user], ["two_system"]],
    ["a late system message", [user, system], ["system_not_first"]],
    ["no user", [system, assistant], ["no_user"]],
    ["two assistants last", [user, assistant, assistant], ["two_assistants_last"]],
    ["broken arguments", [user, calling('{"a":')], ["broken_arguments"]],
    ["arguments that are no object", [user, calling("[1]")], ["broken_arguments"]],
    ["a null field", [user, { ...assistant, content: null as unknown as string }], ["null_field"]],
  ])("finds in %s", (_, messages, rules) => {
    expect(lintMessages(messages).map(({ rule }) => rule)).toEqual(rules);
  });
});
