/** What llama-server treats a template as, where that changes what it is given. `thinking`: it knows that the template thinks. */
export type ServerHandler =
  | "ministral"
  | "harmony"
  | "lfm2"
  | "deepseek-v4"
  | "gemma4-old"
  | "gemma4"
  | "thinking"
  | "other";

interface Signature {
  readonly handler: ServerHandler;
  /** Pieces of the source that must all be there. */
  readonly all: readonly string[];
  /** None of these may be there. */
  readonly none?: readonly string[];
}

/**
 * `common_chat_try_specialized_template` (b11434): the first that fits decides. Handlers that rewrite nothing stand here too, as `other`,
 * because they keep later ones from fitting.
 */
const SIGNATURES: readonly Signature[] = [
  { handler: "ministral", all: ["[SYSTEM_PROMPT]", "[TOOL_CALLS]", "[ARGS]"], none: ["[CALL_ID]"] },
  { handler: "harmony", all: ["chat_format=llm-jp-harmony-v1"] },
  { handler: "harmony", all: ["<|channel|>"] },
  { handler: "other", all: ["<atem:function_calls>", "<|eom|>"] },
  { handler: "other", all: [">>>all", `>>>\${recipient}`] },
  { handler: "other", all: ["<|tool_calls_section_begin|>", "<|tool_call_begin|>"] },
  { handler: "other", all: ["<|open|>", "<|close|>", "<|end_of_msg|>"] },
  { handler: "other", all: ["<role>ASSISTANT</role>", "<arg_key>"] },
  { handler: "other", all: ["<|START_TEXT|>", "<|START_ACTION|>"] },
  { handler: "lfm2", all: ["<|tool_list_start|>", "<|tool_list_end|>"] },
  { handler: "lfm2", all: ["List of tools: ["], none: ["<|tool_list_start|>"] },
  { handler: "other", all: ["<|role_sep|>", "<|message_sep|>"], none: ["<|function_call|>"] },
  { handler: "other", all: ["]<]minimax[>[", "<tool_call>", "<invoke name="] },
  { handler: "other", all: ["dsml_token", "DSML", "function_calls"] },
  { handler: "deepseek-v4", all: ["dsml_token", "DSML", "tool_calls"] },
  { handler: "gemma4", all: ["'<|tool_call>call:'", "{#- OpenAI Chat Completions:"] },
  { handler: "gemma4-old", all: ["'<|tool_call>call:'"] },
  // Of the workarounds of its learned parsers (`chat-diff-analyzer.cpp`) those that speak of thinking.
  { handler: "thinking", all: ["content.split('</think>')"], none: ["reasoning_content", "<SPECIAL_12>"] },
  {
    handler: "thinking",
    all: ["Write your thoughts between <think></think> and write your response between <response>"],
  },
  { handler: "thinking", all: ["<SPECIAL_10>", "<SPECIAL_11>", "<SPECIAL_12>", "<TOOL_RESPONSE>"] },
];

/** Which of the server's special treatments a template gets, by its source. */
export function handlerOf(source: string): ServerHandler {
  return signatureOf(source)?.handler ?? "other";
}

/** The pieces of the source by which the server chooses its own code for this template; undefined where it learns the format. */
export function handlerMarks(source: string): readonly string[] | undefined {
  return signatureOf(source)?.all;
}

function signatureOf(source: string): Signature | undefined {
  const has = (piece: string) => source.includes(piece);
  return SIGNATURES.find(({ all, none = [] }) => all.every(has) && !none.some(has));
}
