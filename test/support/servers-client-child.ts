// A halter in a process of its own, for tests that kill it: starts or joins an engine, prints what it got, and waits.
import { ensureServer, type ServerSettings } from "../../src/servers/index.ts";

const [settings, model, lingerSeconds] = process.argv.slice(2) as [string, string, string];
const server = await ensureServer({
  settings: JSON.parse(settings) as ServerSettings,
  model,
  lingerSeconds: Number(lingerSeconds),
  threads: 1,
  contextTokens: 512,
  onProgress: () => {},
  signal: AbortSignal.timeout(60_000),
});
process.stdout.write(`${JSON.stringify({ baseUrl: server.baseUrl })}\n`);
setInterval(() => {}, 1_000);
