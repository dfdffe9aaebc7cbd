import { existsSync } from "node:fs";
import { afterEach, describe, expect, inject, it } from "vitest";
import { ensureServer } from "../../src/servers/index.ts";
import { readSettings } from "../../src/surfaces/cli/settings.ts";
import { eventually, Place } from "../support/servers.ts";

const live = inject("live");

describe.skipIf("skip" in live)("the embedded engine", () => {
  let place: Place | undefined;
  afterEach(() => place?.remove());

  it("says what an agent asks of a llama-server", async () => {
    const { baseUrl, model } = live as { baseUrl: string; model: string };
    const props = await json(`${baseUrl}/props`);
    expect(props).toMatchObject({
      default_generation_settings: { n_ctx: 8192 },
      total_slots: 1,
      model_alias: model,
      chat_template: expect.stringContaining("<|im_start|>") as unknown,
      chat_template_caps: { supports_tools: true },
    });
    expect(await json(`${baseUrl}/slots`)).toHaveLength(1);
    expect(await json(`${baseUrl}/v1/models`)).toMatchObject({ data: [{ id: model }] });
    expect(await (await fetch(`${baseUrl}/metrics`)).text()).toContain("llamacpp:prompt_tokens_total");
  });

  it("is gone after kill -9 of the halter that used it", async () => {
    place = withCache();
    const { child, baseUrl } = await place.client(place.model());
    expect(await json(`${baseUrl}/props`)).toMatchObject({ model_alias: "serve" });
    child.kill("SIGKILL");
    expect(await eventually(() => isDeaf(baseUrl))).toBe(true);
  });

  it("starts with templates, slots and cache types that were asked for", async () => {
    place = withCache();
    const extraFlags = ["--chat-template", "{{ messages[0].content }}!", "-ctk", "q8_0", "-ctv", "q8_0", "-fa", "on"];
    const server = await ensureServer(place.start(place.model(), { slots: 2, extraFlags }));
    const props = await json(`${server.baseUrl}/props`);
    await server.release();
    expect(props).toMatchObject({
      total_slots: 2,
      default_generation_settings: { n_ctx: 512 },
      chat_template: "{{ messages[0].content }}!",
    });
  });

  it("reports what its log says when it cannot do what was asked", async () => {
    place = withCache();
    const start = ensureServer(place.start(place.model(), { extraFlags: ["-fa", "off", "-ctv", "q8_0"] }));
    const error = (await start.catch((caught: unknown) => caught)) as { code: string; data: { logFile: string } };
    expect(error).toMatchObject({ code: "engine_crashed", message: expect.stringContaining("V cache") as unknown });
    expect(existsSync(error.data.logFile)).toBe(true);
  });
});

/** A place of its own that uses the installed engine. */
function withCache(): Place {
  const { cacheDir, llamaServer } = readSettings();
  return new Place({ cacheDir, ...(llamaServer && { llamaServer }) });
}

async function json(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

async function isDeaf(baseUrl: string): Promise<boolean> {
  return fetch(`${baseUrl}/health`).then(
    () => false,
    () => true,
  );
}
