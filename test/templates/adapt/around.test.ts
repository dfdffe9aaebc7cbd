import { describe, expect, it } from "vitest";
import { handlerOf } from "../../../src/templates/adapt/handlers.ts";
import { finish, type OutputContext } from "../../../src/templates/adapt/output.ts";
import { patchSource } from "../../../src/templates/adapt/source.ts";
import { variablesOf } from "../../../src/templates/adapt/variables.ts";
import { compileTemplate, render } from "../../../src/templates/index.ts";

const now = new Date(2026, 0, 5);

describe("source patches", () => {
  it.each([
    [
      "allow-channel-tags",
      '<|channel|>{%- if "<|channel|>analysis<|message|>" in message.content or "<|channel|>final<|message|>" in message.content %}x{% endif %}',
      "<|channel|>{%- if false %}x{% endif %}",
    ],
    [
      "allow-empty-answer",
      "[TOOL_CALLS]{%- if (message['content'] is none or message['content'] == '' or message['content']|length == 0) and (message['tool_calls'] is not defined or message['tool_calls'] is none or message['tool_calls']|length == 0) %}x{% endif %}",
      "[TOOL_CALLS]{%- if false %}x{% endif %}",
    ],
    ["line-ends", "a\r\nb", "a\nb"],
  ])("%s", (name, source, expected) => {
    expect(patchSource(source)).toEqual({ source: expected, patches: [{ name, about: expect.any(String) }] });
  });

  it("leave other templates alone", () => {
    const source = "{{ messages[0].content }}";
    expect(patchSource(source)).toEqual({ source, patches: [] });
  });
});

describe("handlers", () => {
  it.each([
    ["[SYSTEM_PROMPT][TOOL_CALLS][ARGS]", "ministral"],
    ["[SYSTEM_PROMPT][TOOL_CALLS][CALL_ID][ARGS]", "other"],
    ["<|start|><|channel|>", "harmony"],
    ["<|tool_list_start|><|tool_list_end|>", "lfm2"],
    ["List of tools: [", "lfm2"],
    ["dsml_token DSML tool_calls", "deepseek-v4"],
    ["dsml_token DSML tool_calls function_calls", "other"],
    ["'<|tool_call>call:'", "gemma4-old"],
    ["'<|tool_call>call:' {#- OpenAI Chat Completions:", "gemma4"],
    ["<|START_TEXT|> <|START_ACTION|> List of tools: [", "other"],
    ["<|im_start|>", "other"],
  ])("%s is %s", (source, handler) => {
    expect(handlerOf(source)).toBe(handler);
  });
});

describe("variables", () => {
  const given = (kwargs: Record<string, string | boolean>, addGenerationPrompt = true) =>
    variablesOf({ kwargs, now, bosToken: "<s>", eosToken: "</s>", addGenerationPrompt, thinks: true });

  it("are the server's; a missing generation prompt is not defined", () => {
    expect(given({}, false)).toEqual({
      variables: {
        bos_token: "<s>",
        eos_token: "</s>",
        enable_thinking: true,
        datetime: "Jan 05 2026",
        date_string: "05 Jan 2026",
      },
      expansions: [],
    });
    expect(given({ enable_thinking: false }).variables).toMatchObject({
      enable_thinking: false,
      add_generation_prompt: true,
    });
  });

  it("expand what templates call by several names; the caller's own name wins", () => {
    const { variables, expansions } = given({
      preserve_reasoning: true,
      clear_thinking: true,
      reasoning_effort: "high",
    });
    expect(variables).toMatchObject({
      preserve_thinking: true,
      clear_thinking: true,
      truncate_history_thinking: false,
      drop_thinking: false,
      reasoning_effort: "high",
      reasoning_strength: "high",
    });
    expect(expansions.map(({ name }) => name)).toEqual(["expand-preserve-reasoning", "expand-reasoning-effort"]);
  });
});

describe("changes of the result", () => {
  const context: OutputContext = { handler: "gemma4", addGenerationPrompt: true, ownBos: "<s>", ownEos: "</s>" };

  it.each([
    ["strip-bos", "<s><s>a", "<s>a"],
    ["strip-eos", "a</s>", "a"],
    ["open-model-turn", "a<turn|>\n", "a<turn|>\n<|turn>model\n"],
  ])("%s", (name, before, after) => {
    const { text, kept, added, changes } = finish(before, context);
    expect(text).toBe(after);
    expect(before.slice(...kept) + added).toBe(after);
    expect(changes.map((change) => change.name)).toEqual([name]);
    const none = { handler: "other", addGenerationPrompt: true, ownBos: "", ownEos: "" } as const;
    expect(finish(before, none)).toEqual({ text: before, kept: [0, before.length], added: "", changes: [] });
  });

  it("are reported by render", async () => {
    const template = await compileTemplate("{{ bos_token }}\r\n{{ messages[0].content }}");
    const prompt = {
      messages: [{ role: "user" as const, content: "a" }],
      tools: [],
      kwargs: { reasoning_effort: "low" },
    };
    const { text, steps } = render(template, { prompt, now, bosToken: "<s>", addsBos: true });
    expect(text).toBe("\na");
    expect(steps.map(({ name, messages }) => [name, messages])).toEqual([
      ["line-ends", 0],
      ["expand-reasoning-effort", 0],
      ["strip-bos", 0],
    ]);
  });
});
