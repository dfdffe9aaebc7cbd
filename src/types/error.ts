/** Stable codes of what can go wrong outside halter; scripts may match on them. */
export type ErrorCode =
  | "server_unreachable"
  | "server_loading"
  | "server_gone"
  | "server_stalled"
  | "server_busy"
  | "server_error"
  | "unauthorized"
  | "not_found"
  | "not_supported"
  | "model_not_found"
  | "model_required"
  | "context_overflow"
  | "context_shared_exhausted"
  | "bad_history"
  | "bad_tools"
  | "bad_grammar"
  | "bad_request"
  | "template_failed"
  | "output_rejected"
  | "stream_cut"
  | "cancelled"
  | "engine_missing"
  | "engine_crashed"
  | "download_failed"
  | "disk_full"
  | "folder_unwritable"
  | "hash_mismatch"
  | "locked"
  | "journal_damaged"
  | "journal_unwritable"
  | "thread_not_found"
  | "replay_exhausted"
  | "usage"
  | "limit";

/**
 * What may help against a failure; stands as `data.reaction` in every `HalterError` that comes from a server's answer.
 * `wait`: send the same again after a pause. `compact`: shorten the conversation. `simplify_tools`: send smaller tool
 * schemas, no grammar or no tools. `repair_history`: mend the messages' shape. `change_seed`: send the same with another
 * seed. `none`: sending it again changes nothing.
 */
export type ErrorReaction = "wait" | "compact" | "simplify_tools" | "repair_history" | "change_seed" | "none";

export interface HalterErrorOptions {
  /** One sentence that says what to do next. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** What a reaction needs: `reaction` (an `ErrorReaction`) and figures, e.g. `n_ctx` of an overflow. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A failure of the world (server, disk, network, setup). It ends the turn as an `error` item; our own bugs are other exceptions and crash. */
export class HalterError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: HalterErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "HalterError";
    this.code = code;
    this.hint = options.hint;
    this.data = options.data ?? {};
  }
}
