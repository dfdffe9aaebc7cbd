import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

/** A server that has one template; `undefined` for a template that the engine cannot load. */
export interface TemplateServer {
  readonly baseUrl: string;
  get(route: string): Promise<Record<string, unknown>>;
  post(route: string, body: unknown): Promise<Record<string, unknown>>;
}

/** Starts servers in one process, one per template; they end with `stop`. */
export interface TemplateServers {
  serve(templateFile: string): Promise<TemplateServer | undefined>;
  stop(): void;
}

const SCRIPT = path.join(import.meta.dirname, "template-servers.py");
/** For a machine with many other things to do. */
const LIMIT_MS = 120_000;

/**
 * Servers of the embedded engine for many templates in turn.
 * @param command what `templateEngineCommand` gives: Python first, the engine's folder last
 * @param model a GGUF, best a tiny one
 */
export function startTemplateServers(command: readonly string[], model: string): TemplateServers {
  const child = spawn(command[0]!, ["-I", SCRIPT, command.at(-1)!, model], { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    serve: async (templateFile) => {
      child.stdin.write(`${templateFile}\n`);
      const { value, done } = await withLimit(lines.next(), child);
      if (done) throw new Error(`the engine ended while it loaded ${templateFile}`);
      const { url } = JSON.parse(String(value)) as { url?: string };
      return url === undefined ? undefined : serverAt(url);
    },
    stop: () => void child.kill("SIGKILL"),
  };
}

async function withLimit<T>(work: Promise<T>, child: ChildProcess): Promise<T> {
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  return work.finally(() => clearTimeout(timer));
}

function serverAt(url: string): TemplateServer {
  const ask = async (route: string, init: RequestInit = {}) => {
    // A kept connection may be closed by the server just when the next request is sent.
    const headers = { ...init.headers, connection: "close" };
    const response = await fetch(url + route, { ...init, headers, signal: AbortSignal.timeout(LIMIT_MS) });
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    baseUrl: url,
    get: (route) => ask(route),
    post: (route, body) =>
      ask(route, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  };
}
