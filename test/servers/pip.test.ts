import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pipInstall } from "../../src/servers/engine/pip.ts";
import { Place } from "../support/servers.ts";

const NO_SUCH_PACKAGE = `ERROR: Could not find a version that satisfies the requirement sample (from versions: none)
ERROR: No matching distribution found for sample`;

describe.skipIf(process.platform === "win32")("pip", () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.remove());

  /** Installs with a pip that writes its arguments down, says this and fails. */
  async function install(output: string): Promise<void> {
    const command = place.path("python");
    writeFileSync(place.path("output"), output);
    const text = `#!/bin/sh\necho "$@" > "${place.path("arguments")}"\ncat "${place.path("output")}"\nexit 1\n`;
    writeFileSync(command, text, { mode: 0o755 });
    await pipInstall({ command, tag: "" }, ["sample"], AbortSignal.timeout(20_000));
  }

  function retrying(failure: string): string {
    return `WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by '${failure}': /simple/sample/`;
  }

  it.each([
    [
      retrying(
        "NewConnectionError('<HTTPConnection at 0x7f>: Failed to establish a new connection: [Errno 111] Refused')",
      ),
      "(Failed to establish a new connection: [Errno 111] Refused)",
    ],
    [
      retrying("NameResolutionError(\"<HTTPSConnection at 0x7f>: Failed to resolve 'index.invalid' ([Errno -2])\")"),
      "(Failed to resolve 'index.invalid')",
    ],
    [
      retrying("ConnectTimeoutError(<HTTPSConnection at 0x7f>, 'Connection to index.invalid timed out. (timeout=15)')"),
      "(Connection to index.invalid timed out)",
    ],
    [retrying("ProxyError('Cannot connect to proxy.', OSError('Tunnel failed'))"), "(Cannot connect to proxy)"],
    [
      retrying(
        "ReadTimeoutError(\"HTTPSConnectionPool(host='index.invalid', port=443): Read timed out. (timeout=15)\")",
      ),
      "at index.invalid cannot be reached (Read timed out)",
    ],
  ])("says that the index cannot be reached: %s", async (warning, expected) => {
    await expect(install(`${warning}\n${NO_SUCH_PACKAGE}`)).rejects.toMatchObject({
      code: "download_failed",
      message: expect.stringMatching(/^pip install: the package index .*cannot be reached/) as unknown,
    });
    await expect(install(`${warning}\n${NO_SUCH_PACKAGE}`)).rejects.toThrow(expected);
    const named = `Looking in indexes: http://index.invalid/simple\n${warning}\n${NO_SUCH_PACKAGE}`;
    await expect(install(named)).rejects.toThrow("the package index at http://index.invalid/simple cannot be reached");
  });

  it("says so when the connection breaks later", async () => {
    const error = "ReadTimeoutError: HTTPSConnectionPool(host='files.invalid', port=443): Read timed out.";
    await expect(install(`ERROR: Exception:\nTraceback\n${error}`)).rejects.toThrow(
      "the package index at files.invalid cannot be reached (Read timed out)",
    );
  });

  it.each([
    [NO_SUCH_PACKAGE, "No matching distribution found for sample"],
    [`${retrying("ProxyError('Cannot connect to proxy.')")}\nERROR: HASHES DO NOT MATCH`, "HASHES DO NOT MATCH"],
  ])("is quoted when it failed for another reason: %s", async (output, expected) => {
    await expect(install(output)).rejects.toThrow(`pip install: ${expected}`);
  });

  it("is told to try again once only", async () => {
    await expect(install("")).rejects.toMatchObject({ code: "download_failed" });
    expect(readFileSync(place.path("arguments"), "utf8")).toContain("--retries=1 ");
  });
});
