import { setFlagsFromString } from "node:v8";
import type { Agent, Dispatcher } from "undici";

/** undici's client without what a local server does not need; `request` takes the agent as `this`. */
export interface HttpClient {
  readonly Agent: typeof Agent;
  readonly request: (this: Agent, options: Dispatcher.RequestOptions) => Promise<Dispatcher.ResponseData>;
}

/**
 * Loads the two parts of undici that we use. Its main file also loads fetch, web sockets, caches and mocks, which costs
 * more than half of what halter may take from its start to the first request.
 */
export async function loadHttpClient(): Promise<HttpClient> {
  const [agent, request] = await Promise.all([
    // @ts-expect-error undici types its main file only.
    import("undici/lib/dispatcher/agent.js"),
    // @ts-expect-error as above
    import("undici/lib/api/api-request.js"),
  ]);
  return { Agent: agent.default, request: withoutTierUp(request.default) };
}

let isParserReady = false;
let waiting = 0;

/**
 * The request with which undici's HTTP parser, which is WebAssembly, is left as V8 first compiles it. Making it faster takes 18 MB and gains
 * nothing that can be measured. V8 decides on that when the first connection has come about; the flags are given back then, since code
 * that was compiled under other flags is not taken from the compile cache.
 */
function withoutTierUp(request: HttpClient["request"]): HttpClient["request"] {
  return async function (options) {
    if (isParserReady) return request.call(this, options);
    if (waiting++ === 0) setTierUp(false);
    try {
      const answer = await request.call(this, options);
      isParserReady = true;
      return answer;
    } finally {
      waiting--;
      if (isParserReady || waiting === 0) setTierUp(true);
    }
  };
}

function setTierUp(on: boolean): void {
  for (const flag of ["wasm-tier-up", "wasm-dynamic-tiering"]) setFlagsFromString(`--${on ? "" : "no-"}${flag}`);
}
