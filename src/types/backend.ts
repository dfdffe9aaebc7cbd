import type { Message } from "./message.ts";
import type { Sampling } from "./profile.ts";
import type { ParameterSchema, ToolSpec } from "./tool.ts";
import type { TraceRecord } from "./trace.ts";

/** `raw`: the prompt is rendered here. `chat`: the server renders and parses. */
export type Wire = "raw" | "chat";

/** Text that begins a message of `role` in the rendered prompt; hybrid models keep checkpoints there. */
export interface MessageDelimiter {
  readonly role: string;
  readonly delimiter: string;
}

export interface RawInput {
  readonly type: "raw";
  readonly prompt: string;
  /** The prompt's tokens; a backend that can sends them in place of the text, and asks for those of the answer. */
  readonly promptIds?: readonly number[];
  /** JSON Schema that the whole answer must match; the server makes the grammar. */
  readonly schema?: ParameterSchema;
  readonly messageDelimiters?: readonly MessageDelimiter[];
  /**
   * Control tokens whose text must reach us (`<|channel|>`, `[TOOL_CALLS]`, an end token): llama-server streams the others
   * as empty text. Added tokens that are no control tokens (Qwen's `<tool_call>`) come without being named here.
   */
  readonly preservedTokens?: readonly string[];
}

export interface ChatInput {
  readonly type: "chat";
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  readonly toolChoice?: "auto" | "none" | "required";
  /** Template variables, sent as `chat_template_kwargs`. */
  readonly kwargs?: Readonly<Record<string, unknown>>;
  /** Text of a trailing assistant message that the server continues and does not echo. */
  readonly prefill?: string;
}

/** One model call. */
export interface BackendRequest {
  readonly input: RawInput | ChatInput;
  readonly model?: string;
  readonly sampling: Sampling;
  /** Tokens the answer may have; always sent. */
  readonly maxTokens: number;
  readonly stop?: readonly string[];
  readonly signal: AbortSignal;
  /** Server slot to use, where the server has slots. */
  readonly slot?: number;
}

/** Why generation ended. `length`: the limit, the end of the context, or a server that cut the answer off for a reason of its own; a call in such an answer is never run. */
export type FinishReason = "stop" | "length" | "tool_calls";

/** Token counts of one model call, from the server. `cachedTokens` are part of `inputTokens`. */
export interface Usage {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** Tokens per second, where the server says so. */
  readonly promptPerSecond?: number;
  readonly outputPerSecond?: number;
}

/**
 * What a backend yields, in order; `at` is milliseconds on the backend's clock. `raw` comes on the raw wire only,
 * `content`, `reasoning` and `call` on the chat wire. A stream that ends without `done` throws `stream_cut`.
 */
export type Delta =
  | {
      readonly type: "raw";
      readonly text: string;
      /** The tokens that said it, with those before it that have no text; absent where the server did not tell them all. */
      readonly tokens?: readonly number[];
      readonly at: number;
    }
  | { readonly type: "content"; readonly text: string; readonly at: number }
  | { readonly type: "reasoning"; readonly text: string; readonly at: number }
  | {
      readonly type: "call";
      readonly index: number;
      readonly id?: string;
      readonly name?: string;
      readonly arguments: string;
      readonly at: number;
    }
  | {
      readonly type: "progress";
      /** Prompt tokens read so far, cached ones included. */
      readonly processed: number;
      readonly total: number;
      readonly cached: number;
      readonly at: number;
    }
  | { readonly type: "waiting"; readonly reason: "loading" | "queued"; readonly detail: string; readonly at: number }
  | { readonly type: "done"; readonly finish: FinishReason; readonly usage: Usage; readonly at: number };

/** A token of a text. */
export interface Token {
  readonly id: number;
  /** Its text, or its bytes where they are no whole characters. */
  readonly piece: string | readonly number[];
}

/** How `Backend.tokens` reads text. */
export interface TokenReading {
  /** Whether the texts of control tokens become these tokens. */
  readonly special: boolean;
  /** Whether the tokens that the model wants around every prompt are put there; default false. */
  readonly around?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Hears what is waited for while the server loads its model. */
  readonly onWaiting?: ((detail: string) => void) | undefined;
}

/** What halter knows of the server and its model. Fields a server does not tell are undefined. */
export interface ServerInfo {
  readonly kind: "llama-server" | "openai-compatible" | "scripted" | "replay";
  /** Without a trailing slash and without `/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Other names of `model`, where the server tells them: aliases, the path of its file. */
  readonly aliases?: readonly string[];
  /** Every model the endpoint offers. */
  readonly models: readonly string[];
  /** Context per slot, tokens. */
  readonly contextTokens: number | undefined;
  readonly slots: number | undefined;
  /** Jinja source in use. */
  readonly chatTemplate: string | undefined;
  readonly bosToken: string | undefined;
  readonly eosToken: string | undefined;
  readonly caps: Readonly<Record<string, boolean>>;
  readonly build: string | undefined;
  readonly architecture: string | undefined;
  /** Server-side sampling defaults as the server names them. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly isRouter: boolean;
  readonly wires: readonly Wire[];
}

/**
 * A server as the agent sees it. It never renders, parses or sends a request twice by itself.
 * `generate` throws `HalterError` and closes its socket as soon as `signal` aborts or the consumer leaves the loop.
 */
export interface Backend {
  readonly info: ServerInfo;
  generate(request: BackendRequest): AsyncIterable<Delta>;
  /** The server's own rendering of a chat input, byte for byte; undefined where the server has none. */
  applyTemplate?(input: ChatInput, signal?: AbortSignal): Promise<string>;
  /** Tokens of `text` as the server counts them (special tokens parsed); undefined where the server has no tokenizer route. */
  countTokens?(text: string): Promise<number>;
  /** Ids of the tokens of `text`; `special` false reads the texts of control tokens as plain text. Undefined as above. */
  tokenize?(text: string, special: boolean): Promise<readonly number[]>;
  /** The tokens of texts that are read each by itself; ids among them stay as they are. Undefined as above. */
  tokens?(content: readonly (string | number)[], reading: TokenReading): Promise<readonly Token[]>;
  /**
   * Looks at the server again: this very backend where model, template and window are the same, else one on the same connection
   * that knows the new ones. Throws as discovery does.
   */
  refresh?(signal?: AbortSignal): Promise<Backend>;
  close(): Promise<void>;
}

/** Receives everything that crosses the wire, in order. */
export type OnTrace = (record: TraceRecord) => void;
