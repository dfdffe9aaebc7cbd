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
  return { Agent: agent.default, request: request.default };
}
