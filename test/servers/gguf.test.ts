import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readGguf, readGgufValues } from "../../src/servers/models/gguf.ts";
import { Place } from "../support/servers.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

describe("a GGUF's head", () => {
  let place: Place;
  let file: string;
  beforeEach(() => {
    place = new Place();
    file = place.path("model.gguf");
    writeTinyGguf(file, { contextLength: 2048 });
  });
  afterEach(() => place.remove());

  it("names architecture and trained context", async () => {
    expect(await readGguf(file)).toEqual({ architecture: "llama", context: 2048 });
  });

  it.each([4, 20, 300, 5_000, 9_000, 200_000])("is refused when only %i bytes are there", async (length) => {
    writeFileSync(file, readFileSync(file).subarray(0, length));
    await expect(readGguf(file)).rejects.toMatchObject({
      code: "download_failed",
      message: expect.stringContaining("not a whole GGUF file") as unknown,
      hint: "Download it again",
    });
  });

  it.each([9_000, 200_000])("is read by itself where only %i bytes are there", async (length) => {
    writeFileSync(file, readFileSync(file).subarray(0, length));
    const { values, damage } = await readGgufValues(file, () => false);
    expect(values.get("tokenizer.chat_template")).toContain("<|im_start|>");
    expect(damage).toMatch(/ends too early|tensors reach past/);
  });

  it("is refused with impossible counts", async () => {
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8, 24);
    writeFileSync(file, bytes);
    await expect(readGguf(file)).rejects.toMatchObject({ code: "download_failed" });
  });

  it("is refused for other files and for none", async () => {
    writeFileSync(file, "<html>not found</html>");
    await expect(readGguf(file)).rejects.toMatchObject({
      code: "model_not_found",
      message: expect.stringContaining("is not a GGUF file") as unknown,
    });
    mkdirSync(place.path("folder.gguf"));
    for (const name of ["nothing.gguf", "folder.gguf"]) {
      await expect(readGguf(place.path(name))).rejects.toMatchObject({
        code: "model_not_found",
        hint: expect.stringContaining("halter models ls") as unknown,
      });
    }
  });
});
