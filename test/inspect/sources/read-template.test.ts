import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTemplate } from "../../../src/inspect/sources/index.ts";
import { writeTinyGguf } from "../../support/tiny-gguf.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "halter-sources-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(folder, ...parts);
const read = (place: string) => readTemplate(place, { ollamaFolders: [at("nowhere"), at("ollama")] });

function write(file: string, content: unknown): string {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), typeof content === "string" ? content : JSON.stringify(content));
  return at(file);
}

describe("a template read from a .jinja", () => {
  it("is the file's text, with the tokens of a configuration beside it", async () => {
    const file = write("mine.jinja", "\ufeff{{ messages }}\r\n");
    expect(await read(file)).toMatchObject({ name: "mine.jinja", source: "{{ messages }}\r\n", bosToken: undefined });
    write("tokenizer_config.json", { bos_token: "<s>", eos_token: { content: "</s>", lstrip: false } });
    expect(await read(file)).toMatchObject({ bosToken: "<s>", eosToken: "</s>" });
  });

  it.each([
    ["nothing.jinja", "there is no such file"],
    ["", "chat_template.jinja"],
  ])("that is not there (%j): usage", async (name, message) => {
    const failure = { code: "usage", message: expect.stringContaining(message), hint: expect.any(String) };
    await expect(read(at(name))).rejects.toMatchObject(failure);
  });

  it("that is no text: usage", async () => {
    writeFileSync(at("image.jinja"), Buffer.from([0x89, 0x50, 0, 0]));
    await expect(read(at("image.jinja"))).rejects.toMatchObject({ code: "usage" });
  });
});

describe("a template read from a tokenizer_config.json", () => {
  it("is its chat_template", async () => {
    const file = write("qwen/tokenizer_config.json", { chat_template: "T", bos_token: null, eos_token: "<|im_end|>" });
    expect(await read(file)).toMatchObject({
      name: "qwen/tokenizer_config.json",
      source: "T",
      bosToken: undefined,
      eosToken: "<|im_end|>",
      siblings: {},
    });
  });

  it("may be one of several", async () => {
    const named = [
      { name: "tool_use", template: "TOOLS" },
      { name: "default", template: "PLAIN" },
    ];
    const file = write("tokenizer_config.json", { chat_template: named });
    expect(await read(file)).toMatchObject({ source: "PLAIN", siblings: { tool_use: "TOOLS" } });
    write("tokenizer_config.json", { chat_template: named.slice(0, 1) });
    expect(await read(file)).toMatchObject({ source: "TOOLS" });
  });

  it("comes second to chat_template.jinja, as in transformers", async () => {
    const file = write("tokenizer_config.json", { chat_template: "OLD", bos_token: "<s>" });
    write("chat_template.jinja", "NEW");
    write("additional_chat_templates/rag.jinja", "RAG");
    const expected = { source: "NEW", bosToken: "<s>", siblings: { rag: "RAG" } };
    expect(await read(file)).toMatchObject({ ...expected, notes: [expect.stringContaining("differs")] });
    expect(await read(folder)).toMatchObject(expected);
    expect(await read(at("chat_template.jinja"))).toMatchObject(expected);
  });

  it("is empty where it has none, and usage where it is no object", async () => {
    expect(await read(write("a.json", { model_type: "x" }))).toMatchObject({ source: "" });
    await expect(read(write("b.json", "[1]"))).rejects.toMatchObject({ code: "usage" });
    await expect(read(write("c.json", "{"))).rejects.toMatchObject({ code: "usage" });
  });
});

describe("a template read from a GGUF", () => {
  const options = { chatTemplate: "{{ messages }}", namedTemplates: { tool_use: "TOOLS" }, bos: "<b>", eos: "<e>" };

  it("comes with its tokens and their kinds", async () => {
    writeTinyGguf(at("model.gguf"), { ...options, specialTokens: ["<|im_start|>"], name: "Tiny 1" });
    const found = await read(at("model.gguf"));
    expect(found).toMatchObject({
      name: "model.gguf",
      source: "{{ messages }}",
      siblings: { tool_use: "TOOLS" },
      bosToken: "<b>",
      eosToken: "<e>",
      model: "Tiny 1",
      endIds: [2],
      gguf: { architecture: "llama", chatTemplate: "{{ messages }}", addsBos: false },
    });
    writeTinyGguf(at("other.gguf"), { specialTokens: ["<|im_start|>", "<|im_end|>"] });
    expect((await read(at("other.gguf"))).endIds).toHaveLength(2);
    const kinds = ["<|im_start|>", "<b>", "a", "<0x00>", "<unk>", "<nothing>"].map(found.gguf!.tokenKind);
    expect(kinds).toEqual(["control", "control", "normal", "byte", "unknown", undefined]);
  });

  it("is found behind any name", async () => {
    writeTinyGguf(at("model.gguf"), options);
    copyFileSync(at("model.gguf"), at("sha256-0011"));
    expect(await read(at("sha256-0011"))).toMatchObject({ source: "{{ messages }}" });
  });

  it("of which only the tensors are cut short is read, and the damage told", async () => {
    writeTinyGguf(at("model.gguf"), options);
    expect(await read(at("model.gguf"))).not.toHaveProperty("damage");
    const bytes = readFileSync(at("model.gguf"));
    for (const length of [bytes.indexOf("blk.0"), 200_000]) {
      writeFileSync(at("model.gguf"), bytes.subarray(0, length));
      const damage = expect.stringContaining("not a whole GGUF file") as unknown;
      expect(await read(at("model.gguf"))).toMatchObject({ source: "{{ messages }}", damage });
    }
  });

  it.each([4, 30, 900])("of which only %i bytes are there: download_failed", async (length) => {
    writeTinyGguf(at("model.gguf"), options);
    writeFileSync(at("model.gguf"), readFileSync(at("model.gguf")).subarray(0, length));
    const failure = { code: "download_failed", message: expect.stringContaining("not a whole GGUF file") };
    await expect(read(at("model.gguf"))).rejects.toMatchObject({ ...failure, hint: "Download it again" });
  });
});

describe("a template of Ollama", () => {
  const layer = (kind: string, digest: string) => ({ mediaType: `application/vnd.ollama.image.${kind}`, digest });
  const put = (manifest: string, layers: readonly unknown[]) => write(`ollama/manifests/${manifest}`, { layers });

  it.each([
    ["qwen3:0.6b", "registry.ollama.ai/library/qwen3/0.6b"],
    ["qwen3", "registry.ollama.ai/library/qwen3/latest"],
    ["me/mine:q4", "registry.ollama.ai/me/mine/q4"],
    ["hf.co/me/mine-GGUF:Q4_K_M", "hf.co/me/mine-GGUF/Q4_K_M"],
  ])("is found by its name: %s", async (name, manifest) => {
    put(manifest, [layer("model", "sha256:aa"), layer("template", "sha256:bb")]);
    write("ollama/blobs/sha256-bb", "{{ .Prompt }}");
    writeTinyGguf(at("ollama/blobs/sha256-aa"), { chatTemplate: "T" });
    expect(await read(`ollama:${name}`)).toMatchObject({
      name: `ollama:${name}`,
      source: "T",
      notes: [expect.stringContaining("template of its own here (13 characters")],
    });
  });

  it("that is not there says where it was looked for", async () => {
    await expect(read("ollama:none")).rejects.toMatchObject({
      code: "model_not_found",
      message: expect.stringContaining(at("ollama")),
      hint: expect.stringContaining("ollama pull none"),
    });
    await expect(read("ollama:../../etc")).rejects.toMatchObject({ code: "usage" });
    put("registry.ollama.ai/library/adapter/latest", [layer("adapter", "sha256:cc")]);
    await expect(read("ollama:adapter")).rejects.toMatchObject({ code: "model_not_found" });
  });
});
