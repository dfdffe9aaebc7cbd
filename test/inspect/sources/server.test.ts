import { afterEach, describe, expect, it } from "vitest";
import { discover } from "../../../src/backends/index.ts";
import { conversations } from "../../../src/inspect/rules/conversations.ts";
import { readServerTemplate, templateDrift } from "../../../src/inspect/sources/index.ts";
import type { TemplateSource } from "../../../src/inspect/sources/source.ts";
import { LOOPBACK_TEMPLATE, type Loopback, type LoopbackOptions, startLoopback } from "../../support/loopback.ts";

let loopback: Loopback;
let source: TemplateSource;
afterEach(async () => {
  await source.close?.();
  await loopback.close();
});

async function open(options: LoopbackOptions = {}): Promise<TemplateSource> {
  loopback = await startLoopback(options);
  source = readServerTemplate(await discover({ baseUrl: loopback.baseUrl, now: Date.now }));
  return source;
}

describe("the template of a server", () => {
  it("comes with its tokens, its rendering and its tokenizer", async () => {
    const { server, tokenizer, ...rest } = await open({ model: "tiny" });
    expect(rest).toMatchObject({ name: "tiny", source: LOOPBACK_TEMPLATE, eosToken: "<|im_end|>" });
    expect(rest.notes).toEqual(["llama-server b11549-loopback"]);
    expect(server!.caps).toMatchObject({ supports_tools: true });
    expect(await server!.applyTemplate(conversations.plain)).toContain("ASKZQ");
    expect(await server!.applyTemplate(conversations.called)).toContain("PARISZQ");
    expect(await tokenizer!.tokenize("12345678", false)).toEqual([0, 1]);
    const asked = loopback.requests.at(-1)!;
    expect(asked).toMatchObject({ path: "/tokenize", body: { content: "12345678", parse_special: false } });
  });

  it("sends arguments as JSON text, whatever the conversation has", async () => {
    const { server } = await open();
    await server!.applyTemplate(conversations.called);
    const { messages } = loopback.requests.at(-1)!.body as { messages: readonly Record<string, never>[] };
    expect(JSON.stringify(messages[1])).toContain(String.raw`"arguments":"{\"city_zq\":\"PARISZQ\"}"`);
  });

  it("hears why a server cannot take tools", async () => {
    const message = "Unable to generate parser for this template";
    const routes = { "/apply-template": { status: 400, json: { error: { code: 400, message, type: "x" } } } };
    const { server } = await open({ routes });
    expect(await server!.tryTools(conversations.tools)).toContain(message);
  });

  it("takes a server that is gone for no answer about tools", async () => {
    const { server } = await open();
    await loopback.close();
    await expect(server!.tryTools(conversations.tools)).rejects.toMatchObject({ code: "server_unreachable" });
  });

  it("and a file's that differs: drift", async () => {
    const served = await open();
    const file = { ...served, name: "model.gguf" };
    expect(templateDrift({ ...file, source: `${LOOPBACK_TEMPLATE}\n` }, served)).toBeUndefined();
    expect(templateDrift({ ...file, source: "other" }, served)).toMatch(/another template \(\w{12}\) than model\.gguf/);
  });

  it("is not to be had from a server that does not show it", async () => {
    loopback = await startLoopback({ kind: "openai" });
    const backend = await discover({ baseUrl: loopback.baseUrl, now: Date.now });
    expect(() => readServerTemplate(backend)).toThrow(expect.objectContaining({ code: "not_supported" }));
    source = { close: () => backend.close() } as TemplateSource;
  });
});
