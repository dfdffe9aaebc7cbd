import { describe, expect, it } from "vitest";
import { createChatDecoder } from "../../src/backends/chat-chunk.ts";
import { deltasOf } from "../../src/backends/decoder.ts";
import { serverError } from "../../src/backends/errors.ts";
import { createRawDecoder } from "../../src/backends/llama-raw.ts";
import type { Delta, ErrorReaction } from "../../src/types/index.ts";
import { HalterError } from "../../src/types/index.ts";
import { errors, recordedBytes, recordedJson, recordedText, streams } from "../support/recordings.ts";

async function decode(name: string, size: number, length?: number) {
  const bytes = recordedBytes(name).subarray(0, length);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const decoder = name.startsWith("completion") ? createRawDecoder() : createChatDecoder();
  const deltas: Delta[] = [];
  try {
    for await (const delta of deltasOf(chunks(), decoder, () => 0)) deltas.push(delta);
  } catch (error) {
    if (!(error instanceof HalterError)) throw error;
    return { deltas, error };
  }
  return { deltas, error: undefined };
}

const textOf = (deltas: readonly Delta[], type: Delta["type"]) =>
  deltas.map((delta) => (delta.type === type && "text" in delta ? delta.text : "")).join("");

function callsOf(deltas: readonly Delta[]) {
  const calls: { name?: string; arguments: string }[] = [];
  for (const delta of deltas) {
    if (delta.type !== "call") continue;
    calls[delta.index] ??= { arguments: "" };
    const call = calls[delta.index]!;
    if (delta.name !== undefined) call.name = delta.name;
    call.arguments += delta.arguments;
  }
  return calls;
}

/** The same facts read the plain way: whole events, whole JSON. */
function expected(name: string) {
  const events = new TextDecoder()
    .decode(recordedBytes(name))
    .split("\n\n")
    .filter((line) => line.startsWith("data: {"))
    .map((line) => JSON.parse(line.slice(6)));
  const deltas = events.map((event) => event.choices?.[0]?.delta ?? {});
  const joined = (field: string) => deltas.map((delta) => delta[field] ?? "").join("");
  return {
    raw: events.map((event) => event.content ?? "").join(""),
    content: joined("content"),
    reasoning: joined("reasoning_content"),
    arguments: deltas.map((delta) => delta.tool_calls?.[0]?.function.arguments ?? "").join(""),
    finish: events.map((event) => event.choices?.[0]?.finish_reason).find((reason) => reason),
    timings: events.findLast((event) => event.timings)?.timings,
    error: events.find((event) => event.error)?.error,
    progress: events.filter((event) => event.prompt_progress).length,
  };
}

describe("recorded streams", () => {
  it("are there", () => {
    expect(streams.length).toBeGreaterThan(55);
  });

  it.each(streams)("%s", async (name) => {
    const { deltas, error } = await decode(name, 4096);
    const plain = expected(name);
    expect(textOf(deltas, "raw")).toBe(plain.raw);
    expect(textOf(deltas, "content")).toBe(plain.content);
    expect(textOf(deltas, "reasoning")).toBe(plain.reasoning);
    expect(
      callsOf(deltas)
        .map((call) => call.arguments)
        .join(""),
    ).toBe(plain.arguments);
    expect(deltas.filter((delta) => delta.type === "progress").length).toBe(plain.progress);
    const last = deltas.at(-1);
    if (plain.error !== undefined) {
      expect(error).toMatchObject({ code: "output_rejected", message: plain.error.message });
      expect(last?.type).not.toBe("done");
      return;
    }
    expect(error).toBeUndefined();
    expect(last).toMatchObject({
      type: "done",
      finish: plain.finish ?? "length",
      usage: {
        inputTokens: plain.timings.cache_n + plain.timings.prompt_n,
        cachedTokens: plain.timings.cache_n,
        outputTokens: plain.timings.predicted_n,
      },
    });
    expect(await decode(name, 7)).toEqual({ deltas, error });
  });

  const twins = streams.filter((name) => /^(coder|q35|hermes|glm|gptoss|minimax|dsv31)-.*-stream$/.test(name));
  it.each(twins)("%s gives what the answer in one piece gives", async (name) => {
    const whole = recordedJson(name.replace(/-stream$/, ""));
    const { deltas, error } = await decode(name, 4096);
    if (whole.error !== undefined) {
      expect(error?.code).toBe("output_rejected");
      return;
    }
    const { message, finish_reason } = whole.choices[0];
    expect(textOf(deltas, "content")).toBe(message.content ?? "");
    expect(textOf(deltas, "reasoning")).toBe(message.reasoning_content ?? "");
    const calls = (message.tool_calls ?? []).map((call: { function: unknown }) => call.function);
    expect(callsOf(deltas)).toEqual(calls);
    expect(deltas.at(-1)).toMatchObject({ type: "done", finish: finish_reason });
  });

  it("is cut wherever it breaks off", async () => {
    const bytes = recordedBytes("coder-good-stream");
    for (const share of [0.1, 0.5, 0.9]) {
      const { error } = await decode("coder-good-stream", 100, Math.floor(bytes.length * share));
      expect(error?.code).toBe("stream_cut");
    }
  });
});

/** The whole of the recorded error bodies, with the code that each must become. */
const CODES: Readonly<Record<string, string>> = {
  "404": "not_found",
  "auth-missing": "unauthorized",
  "bad-json": "bad_request",
  "bad-role-content": "bad_history",
  "bad-temperature": "bad_request",
  "coder-grammar-stack": "output_rejected",
  "control-bad": "bad_request",
  "empty-arguments": "bad_history",
  "err-args-history": "bad_history",
  "err-content-type": "bad_history",
  "err-ctx": "context_overflow",
  "err-ctx-completion": "context_overflow",
  "err-ctx-stream": "context_overflow",
  "err-enable-thinking-string": "bad_request",
  "err-grammar": "bad_grammar",
  "err-image": "bad_history",
  "err-json-schema": "bad_grammar",
  "err-kv-unified-exhausted": "context_shared_exhausted",
  "err-logprobs-tools-stream": "bad_request",
  "err-max-tokens": "bad_request",
  "err-n": "bad_request",
  "err-no-user": "template_failed",
  "err-no-user-messages": "template_failed",
  "err-nojinja-tools": "not_supported",
  "err-system-mid": "template_failed",
  "err-tool-choice-bogus": "bad_request",
  "err-tool-schema-badtype": "bad_tools",
  "err-tool-schema-extref": "bad_tools",
  "err-tool-schema-minlength": "bad_grammar",
  "err-tool-type": "bad_tools",
  "err-tools-plus-grammar": "bad_grammar",
  "err-toplogprobs": "bad_request",
  "err-two-assistants": "bad_history",
  "err-two-systems": "template_failed",
  "gptoss-bare": "output_rejected",
  "health-loading-503": "server_loading",
  "method-mismatch": "not_found",
  "metrics-disabled": "not_supported",
  "min-repeat-penalty": "bad_request",
  "missing-arguments": "bad_history",
  "no-messages": "bad_request",
  "null-name": "bad_history",
  "null-reasoning-content": "bad_history",
  "null-reasoning-format": "bad_request",
  "props-post-disabled": "not_supported",
  "resp-prev": "bad_request",
  "resp-reasoning-empty": "bad_request",
  "router-autoload-false": "model_not_found",
  "router-broken": "model_not_found",
  "router-get-slots-nomodel": "model_required",
  "router-load-again": "bad_request",
  "router-load-unknown": "not_found",
  "router-metrics-nomodel": "model_required",
  "router-no-model": "model_required",
  "router-unknown-model": "model_not_found",
  "router-unload": "bad_request",
  "router-unload-again": "bad_request",
  "slot-bad-action": "bad_request",
  "slot-bad-file": "bad_request",
  "slot-bad-name": "bad_request",
  "slot-save-disabled": "not_supported",
  "slots-fail-busy": "server_busy",
  "stream-404": "not_found",
  "tools-auto-prefill": "output_rejected",
};

describe("recorded errors", () => {
  it.each(errors)("%s", (name) => {
    // The status is kept out of it: llama-server answers client mistakes with 500.
    const error = serverError(undefined, recordedText(name));
    expect(error.code).toBe(CODES[name]);
    expect(error.message).toBe(recordedJson(name).error.message);
    if (!["bad_request"].includes(error.code)) expect(error.hint).toMatch(/^[A-Z].*\.$/);
  });

  it("an overflow carries both figures", () => {
    expect(serverError(400, recordedText("err-ctx")).data).toMatchObject({ n_ctx: 8192, n_prompt_tokens: 9009 });
  });

  it.each([
    ["slots-fail-busy", "wait"],
    ["health-loading-503", "wait"],
    ["err-kv-unified-exhausted", "wait"],
    ["err-ctx", "compact"],
    ["gptoss-bare", "change_seed"],
    ["coder-grammar-stack", "change_seed"],
    ["err-tool-schema-minlength", "simplify_tools"],
    ["err-two-assistants", "repair_history"],
    ["auth-missing", "none"],
    ["bad-temperature", "none"],
  ] satisfies [string, ErrorReaction][])("%s calls for: %s", (name, reaction) => {
    expect(serverError(undefined, recordedText(name)).data.reaction).toBe(reaction);
  });

  it("a bad key says where the key is given", () => {
    expect(serverError(401, recordedText("auth-missing")).hint).toMatch(/--api-key.*HALTER_API_KEY/);
  });
});

describe("errors of other servers", () => {
  it.each([
    [
      "This model's maximum context length is 16384 tokens. However, you requested 22946 tokens (12946 in the messages, 10000 in the completion).",
      16_384,
      12_946,
    ],
    ["This model's maximum context length is 200 tokens. However, your request has 203 input tokens.", 200, 203],
    [
      "You passed 31745 input tokens and requested 1024 output tokens. However, the model's context length is only 32768 tokens, resulting in a maximum input length of 31744 tokens.",
      32_768,
      31_745,
    ],
    ["You passed 900000 input characters. However, the model's context length is only 4096 tokens", 4096, undefined],
    ["Input length (37184) exceeds model's maximum context length (32768).", 32_768, 37_184],
    ["The input (61709 tokens) is longer than the model's context length (40960 tokens).", 40_960, 61_709],
    [
      "Requested token count exceeds the model's maximum context length of 202752 tokens. You requested a total of 202941 tokens: 170941 tokens from the input messages and 32000 tokens for the completion.",
      202_752,
      170_941,
    ],
    ["Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens).", 59_862, 160_062],
    ["tokens to keep from the initial prompt is greater than the context length", undefined, undefined],
  ])("%s is an overflow", (message, contextTokens, promptTokens) => {
    const { code, data } = serverError(400, JSON.stringify({ object: "error", message, type: "BadRequestError" }));
    expect(code).toBe("context_overflow");
    expect(data).toEqual({
      status: 400,
      type: "BadRequestError",
      reaction: "compact",
      ...(contextTokens && { n_ctx: contextTokens }),
      ...(promptTokens && { n_prompt_tokens: promptTokens }),
    });
  });

  it.each([
    [
      400,
      '{"object":"error","message":"This model\'s maximum context length is 4096 tokens. However, you requested 5000 tokens"}',
      "context_overflow",
    ],
    [404, '{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","code":404}}', "model_not_found"],
    [404, '{"error":"model \\"x\\" not found, try pulling it first"}', "model_not_found"],
    [401, "", "unauthorized"],
    [404, "<html>", "not_found"],
    [429, "", "server_busy"],
    [503, "upstream not ready", "server_loading"],
    [503, '{"error":"server busy, please try again.  maximum pending requests exceeded"}', "server_busy"],
    [502, "bad gateway", "server_error"],
    [422, "{}", "bad_request"],
  ])("%d %s", (status, body, code) => {
    expect(serverError(status, body)).toMatchObject({ code, message: expect.stringMatching(/./) });
  });
});
