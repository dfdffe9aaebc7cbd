import { describe, expect, it } from "vitest";
import { calls, parse, shown } from "../support/parsers.ts";

describe("reasoning and channels", () => {
  it("takes the white space around its tags as markup", () => {
    const events = parse(["<think>\nHm.\n</think>\n\nYes."]);
    expect(events.map((event) => [event.type, "text" in event && event.text])).toEqual([
      ["marker", "<think>\n"],
      ["reasoning", "Hm."],
      ["marker", "\n</think>\n\n"],
      ["text", "Yes."],
    ]);
  });

  it("goes on from a prompt that has opened it, repeated or not", () => {
    for (const opener of ["", "<think>\n"]) {
      const events = parse([`${opener}Hm.</think>Yes.`], { thinkingOpen: true });
      expect([shown(events, "reasoning"), shown(events)]).toEqual(["Hm.", "Yes."]);
    }
  });

  it("does not take talk about the tag for the tag", () => {
    const text = "The tag <think> opens it, </think> closes it.";
    expect(shown(parse([text]))).toBe(text);
  });

  it("reads harmony's channels, the first header cut by the prompt", () => {
    const text =
      " to=functions.read<|channel|>commentary<|message|>{}<|call|><|start|>assistant<|channel|>analysis<|message|>Hm.<|end|>" +
      "<|start|>assistant<|channel|>final <|constrain|>text<|message|>Yes.<|return|>";
    const events = parse([text], { family: "harmony" });
    expect(calls(events)).toMatchObject([{ call: { name: "read", arguments: "{}" } }]);
    expect([shown(events, "reasoning"), shown(events)]).toEqual(["Hm.", "Yes."]);
    expect(shown(parse(["Just words."], { family: "harmony" }))).toBe("Just words.");
  });

  it("ends where a marker stands that only calls have, be it a call or not", () => {
    for (const rest of ["<tool_call>broken", "<tool_call>"]) {
      const events = parse([`<think>Hm. ${rest}`]);
      expect([shown(events, "reasoning"), shown(events)]).toEqual(["Hm.", rest]);
    }
    const later = parse(["<think>Hm. <tool_call>no call</think>Yes."]);
    expect([shown(later, "reasoning"), shown(later)]).toEqual(["Hm.", "<tool_call>no callYes."]);
    for (const talk of ["the tag `<tool_call>` begins one", 'the tag "<tool_call>" begins one']) {
      expect(shown(parse([`<think>${talk}`]), "reasoning")).toBe(talk);
    }
  });

  it("takes a closing tag that breaks off with the answer for what it is", () => {
    const events = parse(["<think>Hm.\n</thi"]);
    expect(events.at(-1)).toMatchObject({ type: "marker", text: "\n</thi" });
    for (const end of ["a <", "a </b", "a [1"]) expect(shown(parse([`<think>${end}`]), "reasoning")).toBe(end);
  });

  it("takes its first words for a label only at its beginning", () => {
    const events = parse(["<|channel>thought\nHm, a thought\nof mine.<channel|>thought\nYes."], {
      family: "gemma4-call",
    });
    expect([shown(events, "reasoning"), shown(events)]).toEqual(["Hm, a thought\nof mine.", "thought\nYes."]);
  });

  it("takes the name for a header that the prompt has begun, where a header's end follows", () => {
    const call = '<|content_invoke_tool_json|>{"name": "read", "args": {"path": "a"}}<|end_message|>';
    const events = parse(["re", "ad", ...call], { family: "inkling" });
    expect([calls(events).length, shown(events)]).toEqual([1, ""]);
    expect(shown(parse(["read this"], { family: "inkling" }))).toBe("read this");
  });
});
