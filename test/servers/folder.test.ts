import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { embeddedCommand } from "../../src/servers/engine/embedded.ts";
import { ensureServer, pullModel, type ServerSettings } from "../../src/servers/index.ts";
import { Place } from "../support/servers.ts";
import { entryFor, modelBytes } from "../support/servers-wheels.ts";

describe.skipIf(process.platform === "win32")("a folder that cannot be made", () => {
  let place: Place;
  let taken: string;
  let settings: ServerSettings;
  beforeEach(() => {
    place = new Place({}, "fake");
    taken = place.path("taken");
    writeFileSync(taken, "");
    writeFileSync(place.path("python"), "#!/bin/sh\necho 3 12 1 py3-some-system\n", { mode: 0o755 });
    writeFileSync(place.path("catalog.json"), JSON.stringify([entryFor(modelBytes(10))]));
    settings = { ...place.settings, python: place.path("python"), catalogFile: place.path("catalog.json") };
  });
  afterEach(() => place.remove());

  it.each<[string, () => Promise<unknown>]>([
    ["for models", () => pullModel({ ...settings, cacheDir: taken }, "sample", place.start(""))],
    ["for engines", () => embeddedCommand({ ...settings, cacheDir: taken }, () => {}, AbortSignal.timeout(20_000))],
    [
      "for logs",
      () => ensureServer(place.start(place.model(), { settings: { ...settings, stateDir: path.join(taken, "deep") } })),
    ],
  ])("is named, with what to do about it: %s", async (_, work) => {
    await expect(work()).rejects.toMatchObject({
      code: "folder_unwritable",
      message: expect.stringContaining(taken) as unknown,
      hint: expect.stringMatching(/HALTER_CACHE_DIR.*HALTER_STATE_DIR/) as unknown,
    });
  });
});
