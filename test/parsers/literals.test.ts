import { describe, expect, it } from "vitest";
import { literalsOf, parserSpecs } from "../../src/parsers/index.ts";

describe("the literals of a family", () => {
  it("are all that its parser looks for, each once", () => {
    expect(literalsOf(parserSpecs.harmony!)).toEqual([
      "<|start|>",
      "<|channel|>",
      "<|message|>",
      "<|end|>",
      "<|call|>",
      "<|return|>",
    ]);
    expect(literalsOf(parserSpecs["qwen3-coder-xml"]!)).toEqual([
      "<think>",
      "<thinking>",
      "</think>",
      "</thinking>",
      "<tool_call>",
      "</tool_call>",
    ]);
  });
});
