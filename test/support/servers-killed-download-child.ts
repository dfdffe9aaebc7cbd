// Begins a download of `modelBytes(300_000)` and is killed by itself after its first 50,000 bytes.
import { download } from "../../src/servers/models/download.ts";
import type { ServerSettings } from "../../src/servers/settings.ts";
import { entryFor, modelBytes } from "./servers-wheels.ts";

const [settings, file] = process.argv.slice(2) as [string, string];
const bytes = modelBytes(300_000);
const options = { onProgress: () => {}, signal: AbortSignal.timeout(20_000) };
await download(JSON.parse(settings) as ServerSettings, entryFor(bytes), file, options, async () => {
  return async function* () {
    yield bytes.subarray(0, 50_000);
    process.kill(process.pid, "SIGKILL");
  };
});
