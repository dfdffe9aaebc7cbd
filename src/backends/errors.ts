import type { ErrorCode, ErrorReaction } from "../types/error.ts";
import { HalterError } from "../types/error.ts";
import type { JsonObject } from "./json.ts";
import { asNumber, asObject, asText, parseObject } from "./json.ts";

interface ErrorRule {
  readonly type?: string;
  readonly message?: RegExp;
  readonly code: ErrorCode;
  readonly reaction: ErrorReaction;
  readonly hint?: string;
}

const KEY_HINT = "Give the server's key with --api-key or HALTER_API_KEY.";
const HISTORY_HINT = "The conversation sent has a shape this server refuses; start a new thread if it comes again.";
const SCHEMA_HINT =
  "One tool's schema (or the grammar) is too large or uses what the server cannot convert: drop minLength, maxLength, pattern and $ref, or leave tools out.";
const TEMPLATE_HINT =
  "The chat template refuses this conversation; run `halter doctor`, or start the server with another --chat-template-file.";
const OUTPUT_HINT =
  "The server threw the model's answer away because its own parser could not read it; the raw wire (--wire raw) does not parse there.";
const MODEL_HINT = "Name one of the server's models with --model.";

/**
 * llama-server's errors by type and message, first match wins; status codes are not looked at because it answers
 * client mistakes with 500. Texts as of b10587, and the overflow and model texts of vLLM, SGLang, LM Studio and Ollama.
 */
const RULES: readonly ErrorRule[] = [
  // The second is Ollama's 503 of a full queue.
  {
    message: /no slot available|^server busy/,
    code: "server_busy",
    reaction: "wait",
    hint: "Wait for the other requests to end.",
  },
  { type: "unavailable_error", code: "server_loading", reaction: "wait", hint: "The model is still loading; wait." },
  { type: "authentication_error", code: "unauthorized", reaction: "none", hint: KEY_HINT },
  { type: "permission_error", code: "unauthorized", reaction: "none", hint: KEY_HINT },
  {
    type: "exceed_context_size_error",
    code: "context_overflow",
    reaction: "compact",
    hint: "Shorten the conversation, or start the server with a larger -c.",
  },
  {
    message:
      /exceeds the (available context size|maximum allowed length)|maximum context length|context length is only|(greater|longer) than the (model's )?context length/i,
    code: "context_overflow",
    reaction: "compact",
    hint: "Shorten the conversation, or start the server with a larger context.",
  },
  {
    message: /^Context size has been exceeded/,
    code: "context_shared_exhausted",
    reaction: "wait",
    hint: "The slots share one buffer: run one request at a time, or start the server with -np 1.",
  },
  {
    message: /^Failed to parse (tool call arguments|messages)|2 or more assistant messages|must contain 'content'/,
    code: "bad_history",
    reaction: "repair_history",
    hint: HISTORY_HINT,
  },
  {
    message: /unsupported content\[\]|input is not supported/,
    code: "bad_history",
    reaction: "repair_history",
    hint: "The model takes text only.",
  },
  { message: /^Failed to parse tools/, code: "bad_tools", reaction: "simplify_tools", hint: SCHEMA_HINT },
  { message: /^Field 'json_schema'/, code: "bad_grammar", reaction: "simplify_tools", hint: SCHEMA_HINT },
  { message: /JSON schema conversion failed/, code: "bad_tools", reaction: "simplify_tools", hint: SCHEMA_HINT },
  { message: /failed to parse grammar/, code: "bad_grammar", reaction: "simplify_tools", hint: SCHEMA_HINT },
  { message: /custom grammar constraints with tools/, code: "bad_grammar", reaction: "none", hint: SCHEMA_HINT },
  {
    message: /does not match the expected .* format|Unexpected empty grammar stack|^Invalid diff/,
    code: "output_rejected",
    reaction: "change_seed",
    hint: OUTPUT_HINT,
  },
  {
    message: /Jinja Exception|While executing \w+ at line|Unable to generate parser for this template/,
    code: "template_failed",
    reaction: "repair_history",
    hint: TEMPLATE_HINT,
  },
  {
    message: /requires --jinja/,
    code: "not_supported",
    reaction: "none",
    hint: "Start llama-server with --jinja (and without --no-jinja), or use --wire raw.",
  },
  {
    type: "not_supported_error",
    code: "not_supported",
    reaction: "none",
    hint: "The server's message names the flag.",
  },
  { message: /model name is missing/, code: "model_required", reaction: "none", hint: MODEL_HINT },
  {
    message: /^model is not loaded|^model name=.* failed to load/,
    code: "model_not_found",
    reaction: "none",
    hint: "The router could not load the model: see its log, or name another one with --model.",
  },
  {
    message: /model\b.*\b(not found|does not exist)/i,
    code: "model_not_found",
    reaction: "none",
    hint: MODEL_HINT,
  },
  {
    type: "not_found_error",
    code: "not_found",
    reaction: "none",
    hint: "This server lacks the route; check --base-url and the server's version.",
  },
  { message: /^\[json\.exception\./, code: "bad_request", reaction: "none" },
  { type: "invalid_request_error", code: "bad_request", reaction: "none" },
  { type: "server_error", code: "server_error", reaction: "none", hint: "The server's own log says more." },
];

/** Where the texts of an overflow say how long the context and the prompt are. */
const CONTEXT_FIGURE = /(?:context|allowed) length (?:is (?:only )?|of )?\(?(\d+)/i;
const PROMPT_FIGURE =
  /\((\d+)(?: tokens)?\) (?:exceeds|is longer)|(\d+) (?:input tokens|(?:tokens from|in) the (?:input )?messages)/;

/** Where neither type nor message is known: other servers, proxies, plain text bodies. */
function ruleOfStatus(status: number | undefined): ErrorRule {
  if (status === 401 || status === 403) return { code: "unauthorized", reaction: "none", hint: KEY_HINT };
  if (status === 404)
    return { code: "not_found", reaction: "none", hint: "Check --base-url: this route is not there." };
  if (status === 429) return { code: "server_busy", reaction: "wait" };
  if (status === 503) return { code: "server_loading", reaction: "wait", hint: "The server is not ready yet." };
  if (status !== undefined && status < 500) return { code: "bad_request", reaction: "none" };
  return { code: "server_error", reaction: "none", hint: "The server's own log says more." };
}

/**
 * The error in an answer's body (`{"error": {…}}`, `{"error": "…"}`, or vLLM's flat form), as a `HalterError` whose
 * `data` holds `status`, `type`, `reaction` and, for an overflow, `n_ctx` and `n_prompt_tokens`.
 */
export function serverError(status: number | undefined, body: string): HalterError {
  return errorOfObject(status, parseObject(body), body);
}

/** As `serverError`, for a body that is parsed already. */
export function errorOfObject(status: number | undefined, body: JsonObject | undefined, text = ""): HalterError {
  const error = asObject(body?.error) ?? body ?? {};
  const message = asText(error.message) ?? asText(body?.error) ?? text.trim().slice(0, 500);
  const type = asText(error.type);
  const rule =
    RULES.find(
      (r) => (r.type === undefined || r.type === type) && (r.message === undefined || r.message.test(message)),
    ) ?? ruleOfStatus(status);
  const contextTokens = asNumber(error.n_ctx) ?? figureIn(message, CONTEXT_FIGURE);
  const promptTokens = asNumber(error.n_prompt_tokens) ?? figureIn(message, PROMPT_FIGURE);
  return new HalterError(rule.code, message === "" ? `the server answered ${status ?? "an error"}` : message, {
    ...(rule.hint === undefined ? {} : { hint: rule.hint }),
    data: {
      ...(status === undefined ? {} : { status }),
      ...(type === undefined ? {} : { type }),
      reaction: rule.reaction,
      ...(contextTokens === undefined ? {} : { n_ctx: contextTokens }),
      ...(promptTokens === undefined ? {} : { n_prompt_tokens: promptTokens }),
    },
  });
}

function figureIn(text: string, pattern: RegExp): number | undefined {
  const digits = pattern
    .exec(text)
    ?.slice(1)
    .find((group) => group !== undefined);
  return digits === undefined ? undefined : Number(digits);
}
