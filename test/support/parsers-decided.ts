const CALL_ENDS = "a call ends the reasoning wherever it stands";
const NOT_CLOSED = "what streamed as reasoning is not taken back because its closer never came";
const NESTED = "openers do not nest: talk about the tag would swallow the answer";
const BESIDE = "text beside a call is kept";
const TYPED = "a bare value without a schema is typed, as most sources have it";
const WRITTEN_IN = "its source writes an opener into the answer that the model did not write";
const BYTES = "letters that stand for bytes are the server's to decode";
const IN_PROMPT = "the opener stands in the prompt, not in the answer";

/** Comparable cases of the corpus in which we decide otherwise than their source, with the reason. */
export const decidedOtherwise: Readonly<Record<string, string>> = {
  "vllmmlx-hermes-005": NOT_CLOSED,
  "vllmmlx-hermes-017": NOT_CLOSED,
  "vllmmlx-hermes-008": NESTED,
  "vllmmlx-hermes-030": "a tag of its own invention is text, not rewritten",
  "sglang-nemotron-004": "an option of its source; the same text has the other expectation too",
  "ollama-qwen3-coder-043": "a string parameter stays text, the word null too",
  "ollama-qwen3-coder-054": "a value that is no boolean is not turned into false",
  "llamacpp-qwen3.5-015": "a repeated opener is markup, as most sources have it",
  "llamacpp-gpt-oss-013": "a call to an undeclared tool is returned and flagged, not dropped",
  "sglang-gpt-oss-001": "an end token is markup also after text",
  "vllmmlx-gpt-oss-014": "its source stopped before the answer was complete",
  "sglang-apertus-002": "an option of its source: reasoning without an answer counts as the answer",
  "llamacpp-apriel-004": IN_PROMPT,
  "llamacpp-apriel-005": IN_PROMPT,
  "vllmmlx-deepseek-r1-006": NESTED,
  "vllm-deepseek-v3.1-002": BESIDE,
  "sglang-gemma4-002": BESIDE,
  "vllm-gemma4-068": TYPED,
  "vllm-gemma4-070": TYPED,
  "vllm-gemma4-071": TYPED,
  "llamacpp-lfm2-019": CALL_ENDS,
  "vllm-llama3-008": BESIDE,
  "vllm-mistral-011": BESIDE,
  "vllm-mistral-023": BESIDE,
  "vllm-mistral-024": BESIDE,
  "ollama-olmo3-028": "without an opener at its start nothing is reasoning",
  "vllm-phi4-mini-005": BESIDE,
  "sglang-minimax-m2-001": WRITTEN_IN,
  "sglang-minimax-m2-002": WRITTEN_IN,
  "sglang-minimax-m2-003": WRITTEN_IN,
  "vllm-minimax-m2-018": WRITTEN_IN,
  "vllm-minimax-m2-020": WRITTEN_IN,
  "vllm-minimax-m2-021": WRITTEN_IN,
  "vllm-minimax-m2-022": WRITTEN_IN,
  "vllm-minimax-m2-046": "a call to an undeclared tool is returned and flagged, not dropped",
  "vllm-longcat-006": BESIDE,
  "vllm-hunyuan-005": BESIDE,
  "sglang-kimi-k3-010": BESIDE,
  "vllm-glimmer-011": "its source leaves calls in the content, without the header before them",
  "vllm-minicpm5-002": BESIDE,
  "vllm-minicpm5-012": BESIDE,
  "vllm-minicpm5-006": BYTES,
  "vllm-minicpm5-018": BYTES,
  "vllm-minicpm5-022": "an argument that the tool does not have is dropped when the call is made ready, not before",
  "vllm-minicpm5-025": "a tool of another meaning is not guessed from its name",
  "vllm-minicpm5-027": "a tool of another meaning is not guessed from its name",
  "sglang-inkling-012": "a call of a tool without a name is text, as its other source has it",
};
