import type { ServerInfo } from "../../types/index.ts";
import { type Check, pass, warn } from "../check.ts";

/** Below this a thread has no room: the fixed prompt alone takes about 1,400 tokens. */
const SMALL_CONTEXT = 8192;

/** What the server says of itself that matters to an agent. Pure. */
export function checkServer(info: ServerInfo): Check[] {
  const build = info.build ? `, build ${info.build}` : "";
  const checks = [pass("server", `${info.kind} at ${info.baseUrl}${build}`), pass("server", `model ${info.model}`)];
  if (info.contextTokens === undefined) {
    checks.push(
      warn("server", "it does not tell its context", "set the context in the server; halter plans with 8192 tokens"),
    );
  } else if (info.contextTokens < SMALL_CONTEXT) {
    checks.push(
      warn(
        "server",
        `context of ${info.contextTokens} tokens per slot is small`,
        "start llama-server with -c 16384 -np 1",
      ),
    );
  } else {
    checks.push(pass("server", `context of ${info.contextTokens} tokens per slot`));
  }
  if (info.slots !== undefined && info.slots > 1) {
    const next = "start llama-server with -np 1: without it four slots share one cache";
    checks.push(warn("server", `${info.slots} slots; they may share one context`, next));
  } else if (info.slots === 1) {
    checks.push(pass("server", "one slot"));
  }
  return checks;
}
