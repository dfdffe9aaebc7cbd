import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toMessages } from "../../src/context/index.ts";
import { lintMessages } from "../../src/templates/index.ts";
import type { Item } from "../../src/types/index.ts";
import { draws } from "../support/draws.ts";
import { callItem, textItem, userItem } from "../support/items.ts";

describe("toMessages", () => {
  it("puts what one model call yielded into one assistant message, results after it in call order", () => {
    const messages = toMessages("system", [
      userItem("a", "do it"),
      { type: "reasoning", id: "b", step: 1, status: "completed", text: " think " },
      textItem("c", 1, "I look.\n"),
      callItem("d", 1, "read", { path: "x" }, { text: "one" }),
      callItem("e", 1, "read", { path: "y" }, { text: "two" }),
      textItem("f", 2, "Done."),
    ]);
    expect(messages).toEqual([
      { role: "system", content: "system" },
      { role: "user", content: "do it" },
      {
        role: "assistant",
        content: "I look.",
        reasoning_content: "think",
        tool_calls: [
          { id: "call_d", type: "function", function: { name: "read", arguments: '{"path":"x"}' } },
          { id: "call_e", type: "function", function: { name: "read", arguments: '{"path":"y"}' } },
        ],
      },
      { role: "tool", content: "one", tool_call_id: "call_d", name: "read" },
      { role: "tool", content: "two", tool_call_id: "call_e", name: "read" },
      { role: "assistant", content: "Done." },
    ]);
  });

  it("leaves failed items out and replaces arguments that cannot be replayed", () => {
    const messages = toMessages("s", [
      userItem("a", "do it"),
      { ...textItem("b", 1, "half an ans"), status: "failed" } as Item,
      callItem("c", 2, "write", '{"path": "x', { text: "cut", isError: true }),
    ]);
    expect(messages.map((message) => message.role)).toEqual(["system", "user", "assistant", "tool"]);
    expect(messages[2]).toMatchObject({ tool_calls: [{ function: { arguments: "{}" } }] });
  });

  it("joins user messages that follow each other", () => {
    expect(toMessages("s", [userItem("a", "one"), userItem("b", "two")])[1]).toEqual({
      role: "user",
      content: "one\n\ntwo",
    });
  });

  it("adds the harness's words to a tool result right before them, and to nothing else", () => {
    const told = { ...userItem("c", "Go on."), origin: "harness" } as Item;
    const read = [userItem("a", "do it"), callItem("b", 1, "read", {}, { text: "one" })];
    expect(toMessages("s", [...read, told]).slice(3)).toEqual([
      { role: "tool", content: "one\n\nGo on.", tool_call_id: "call_b", name: "read" },
    ]);
    expect(toMessages("s", [...read, textItem("d", 2, "Well."), told]).at(-1)).toEqual({
      role: "user",
      content: "Go on.",
    });
    expect(toMessages("s", [...read, userItem("e", "Stop.")]).at(-1)).toEqual({ role: "user", content: "Stop." });
  });

  it("shows a pruned output as its note", () => {
    const messages = toMessages("s", [
      userItem("a", "do it"),
      callItem("b", 1, "read", {}, { text: "long" }),
      {
        type: "context_compaction",
        id: "c",
        step: 0,
        status: "completed",
        reason: "",
        pruned: [{ itemId: "b", note: "gone" }],
      },
    ]);
    expect(messages.at(-1)).toMatchObject({ role: "tool", content: "gone" });
  });

  it("keeps a call in text as the model wrote it where the profile says so", () => {
    const source = '\n```json\n{"name": "read", "arguments": {"path": "x"}}\n```';
    const call = { ...callItem("c", 1, "read", { path: "x" }, { text: "one" }), notation: "fenced" as const, source };
    const items = [userItem("a", "do it"), textItem("b", 1, "I look.\n"), call];
    expect(toMessages("s", items, "verbatim").slice(2)).toEqual([
      { role: "assistant", content: `I look.\n${source}` },
      { role: "tool", content: "one", tool_call_id: "call_c", name: "read" },
    ]);
    expect(toMessages("s", items)[2]).toMatchObject({
      content: "I look.",
      tool_calls: [{ function: { name: "read" } }],
    });
  });

  it("does not show again what was cut", () => {
    const cut = {
      ...callItem("c", 1, "write", { content: "a a a a" }, { text: "Not run" }),
      notation: "fenced" as const,
    };
    const item = { ...cut, source: "```json\n{…a a a a", malformed: { type: "cut" as const } };
    expect(toMessages("s", [userItem("a", "go"), item], "verbatim")[2]).toEqual({
      role: "assistant",
      content: "",
      tool_calls: [{ id: "call_c", type: "function", function: { name: "write", arguments: "{}" } }],
    });
  });

  it("tells what the harness did by itself as a user message", () => {
    const written = {
      ...callItem("b", 1, "write", { path: "x" }, { text: "wrote x" }),
      notation: "file_block" as const,
    };
    const check = {
      ...callItem("c", 1, "shell", { command: "npm test" }, { text: "exit code 1" }),
      notation: "check" as const,
    };
    const messages = toMessages("s", [userItem("a", "go"), textItem("t", 1, "x:\n```\n1\n```"), written, check]);
    expect(messages.slice(2)).toEqual([
      { role: "assistant", content: "x:\n```\n1\n```" },
      { role: "user", content: "wrote x\n\nhalter ran `npm test` to check:\nexit code 1" },
    ]);
  });

  it("puts attached files before the words, in a fence longer than any in them", () => {
    const item = { ...userItem("a", "mend it"), attachments: [{ path: "a.md", text: "```\ncode\n```" }] } as Item;
    expect(toMessages("s", [item])[1]).toEqual({
      role: "user",
      content: "a.md:\n````\n```\ncode\n```\n````\n\nmend it",
    });
  });

  it("never makes a history that servers refuse", () => {
    const step = fc.tuple(fc.boolean(), fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 3 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const items: Item[] = [userItem("u", "go")];
        for (const [index, [hasText, calls, failed]] of steps.entries()) {
          const number = index + 1;
          const made = [
            ...(hasText ? [textItem(`t${number}`, number, "text")] : []),
            ...calls.map(([name, text], at) => callItem(`c${number}.${at}`, number, name, text, { text })),
          ];
          items.push(...made.map((item) => (failed ? ({ ...item, status: "failed" } as Item) : item)));
        }
        const problems = lintMessages(toMessages("s", items)).filter(({ rule }) => rule !== "two_assistants_last");
        expect(problems).toEqual([]);
      }),
      draws(),
    );
  });
});
