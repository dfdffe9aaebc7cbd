import type { SourceType } from "./models/catalog-schema.ts";
import type { ServerProgress } from "./progress.ts";

/** Where engines and models lie and which may be used; read from flags and environment by the surface. */
export interface ServerSettings {
  /** Holds installed engines and downloaded models; may be deleted at any time. */
  readonly cacheDir: string;
  /** Holds sockets, locks and logs of running engines. */
  readonly stateDir: string;
  /** A llama-server to use instead of any other, as a path. */
  readonly llamaServer?: string;
  /** Folders in which programs are looked for, joined as in PATH. */
  readonly pathEnv: string;
  /** Which sources of models are tried, in this order; by default as the catalogue lists them. */
  readonly modelSources?: readonly SourceType[];
  /** Python for the embedded engine and for wheels; by default the first good one of `pathEnv`. */
  readonly python?: string;
  /** A catalogue of models other than halter's own, as a path. */
  readonly catalogFile?: string;
}

/** How an engine is to be started. */
export interface StartOptions {
  readonly settings: ServerSettings;
  /** A GGUF file's path or a name of the catalogue. */
  readonly model: string;
  /** Context per slot in tokens; `DEFAULT_CONTEXT` or the model's own where that is less. */
  readonly contextTokens?: number;
  /** Requests served at a time, each with its own context; 1 by default. */
  readonly slots?: number;
  /** Threads for generation; the machine's physical cores by default. */
  readonly threads?: number;
  /** Further llama-server flags, put last so that they win. */
  readonly extraFlags?: readonly string[];
  /** Must not throw. */
  readonly onProgress: (progress: ServerProgress) => void;
  /** Gives up waiting; what is downloaded stays and is continued the next time. */
  readonly signal: AbortSignal;
  /** How long an engine stays after its last user has gone, in seconds; 20 by default. */
  readonly lingerSeconds?: number;
}
