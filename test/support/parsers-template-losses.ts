import type { Loss } from "./parsers-losses.ts";

/** What each template of the corpus loses of the last assistant message; those that are not named here lose nothing. */
const GROUPS: readonly { readonly losses: readonly Loss[]; readonly templates: string }[] = [
  {
    losses: ["calls"],
    templates: `
      ollama-automap-deepseek-r1-8b
      ollama-automap-deepseek-v2.5-236b
      ollama-automap-deepseek-v3-671b
      sglang-tool_chat_template_llama4_pythonic
      vllm-tool_chat_template_llama4_pythonic`,
  },
  {
    losses: ["escapes"],
    templates: `
      LFM2.5-8B-A1B`,
  },
  {
    losses: ["parallel"],
    templates: `
      GigaChat3-10B-A1.8B
      GigaChat3.1-10B-A1.8B`,
  },
  {
    losses: ["reasoning of answers"],
    templates: `
      Kimi-K2-Thinking
      google-gemma-4-31B-it
      hfjs-moonshotai-Kimi-K2-Thinking
      moonshotai-Kimi-K2.5`,
  },
  {
    losses: ["refused"],
    templates: `
      CohereForAI-c4ai-command-r-plus-tool_use
      hfjs-CohereForAI-c4ai-command-r-v01-JSON-Schema-
      hfjs-ai21labs-AI21-Jamba-Large-1.6
      hfjs-fireworks-ai-firefunction-v1
      hfjs-mistralai-Mistral-Nemo-Instruct-2407
      vllm-tool_chat_template_gemma3_pythonic
      vllm-tool_chat_template_mistral
      vllm-tool_chat_template_mistral_parallel`,
  },
  {
    losses: ["start"],
    templates: `
      Apriel-1.6-15b-Thinker-fixed
      Bielik-11B-v3.0-Instruct
      GLM-4.7-Flash
      MiniMax-M2
      NVIDIA-Nemotron-3-Nano-30B-A3B-BF16
      ollama-nemotron35
      ollama-nemotron3nano
      poolside-Laguna-XS-2.1
      poolside-Laguna-XS.2
      tencent-Hy3
      vllm-tool_chat_template_deepseekv3`,
  },
  {
    losses: ["words as code"],
    templates: `
      ollama-automap-llama4-latest`,
  },
  {
    losses: ["words of calls"],
    templates: `
      MiniMax-M1
      Mistral-Small-3.2-24B-Instruct-2506
      NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use
      hfjs-CISCai-Mistral-7B-Instruct-v0.3-SOTA-GGUF
      hfjs-NousResearch-Hermes-2-Pro-Llama-3-8B-JSON-Schema-
      hfjs-mistralai-Mistral-7B-Instruct-v0.3-JSON-Schema-
      mistralai-Mistral-Nemo-Instruct-2407
      muse-glimmer
      upstage-Solar-Open-100B
      vllm-tool_chat_template_granite
      vllm-tool_chat_template_hermes
      vllm-tool_chat_template_mistral3
      vllm-tool_chat_template_muse_glimmer
      vllm-tool_chat_template_xlam_llama
      vllm-tool_chat_template_xlam_qwen`,
  },
  {
    losses: ["words of reasoning"],
    templates: `
      unsloth-mistral-Devstral-Small-2507`,
  },
  {
    losses: ["calls", "reasoning of answers"],
    templates: `
      ollama-automap-command-a-111b
      ollama-automap-command-r7b-7b
      ollama-automap-command-r7b-arabic-7b
      vllm-tool_chat_template_llama3.2_pythonic
      vllm-tool_chat_template_toolace`,
  },
  {
    losses: ["parallel", "words as reasoning"],
    templates: `
      openai-gpt-oss-120b`,
  },
  {
    losses: ["parallel", "words of calls"],
    templates: `
      hfjs-meta-llama-Llama-3.2-11B-Vision-Instruct
      meta-llama-Llama-3.1-8B-Instruct
      meta-llama-Llama-3.2-3B-Instruct
      ollama-automap-llama3.2-vision-90b
      ollama-automap-nemotron-70b
      sglang-tool_chat_template_llama3.1_json
      vllm-tool_chat_template_llama3.1_json
      vllm-tool_chat_template_llama3.2_json`,
  },
  {
    losses: ["reasoning of calls", "reasoning of answers"],
    templates: `
      Apertus-8B-Instruct
      deepseek-ai-DeepSeek-V3.1
      hfjs-meetkai-functionary-medium-v2.2
      meetkai-functionary-medium-v3.2
      ollama-automap-deepseek-v3.1-latest
      vllm-template_minicpmv45
      vllm-tool_chat_template_apertus`,
  },
  {
    losses: ["start", "broken"],
    templates: `
      vllm-tool_chat_template_llama4_json`,
  },
  {
    losses: ["values", "start"],
    templates: `
      openbmb-MiniCPM5-1B`,
  },
  {
    losses: ["values", "words of calls"],
    templates: `
      vllm-tool_chat_template_functiongemma`,
  },
  {
    losses: ["words of calls", "reasoning of answers"],
    templates: `
      CohereForAI-c4ai-command-r7b-12-2024-tool_use
      google-gemma-4-31B-it-interleaved`,
  },
  {
    losses: ["words of calls", "start"],
    templates: `
      Cohere2MoE
      vllm-tool_chat_template_granite_20b_fc`,
  },
  {
    losses: ["calls", "reasoning of answers", "start"],
    templates: `
      deepseek-ai-DeepSeek-R1-Distill-Llama-8B
      ollama-automap-deepcoder-14b`,
  },
  {
    losses: ["escapes", "reasoning of calls", "reasoning of answers"],
    templates: `
      hfjs-LiquidAI-LFM2.5-VL-450M`,
  },
  {
    losses: ["reasoning of calls", "reasoning of answers", "start"],
    templates: `
      Qwen-QwQ-32B
      deepseek-ai-DeepSeek-R1-Distill-Qwen-32B
      ollama-automap-qwq-32b-b
      ollama-automap-qwq-32b-b-b`,
  },
  {
    losses: ["words as code", "calls beside words", "broken"],
    templates: `
      vllm-tool_chat_template_phi4_mini`,
  },
  {
    losses: ["words of calls", "reasoning of calls", "reasoning of answers"],
    templates: `
      hfjs-CohereLabs-c4ai-command-a-03-2025
      hfjs-CohereLabs-command-a-reasoning-08-2025`,
  },
  {
    losses: ["reasoning of calls", "reasoning of answers", "start", "broken"],
    templates: `
      NVIDIA-Nemotron-Nano-v2
      sglang-tool_chat_template_deepseekv31
      sglang-tool_chat_template_deepseekv32
      vllm-tool_chat_template_deepseekv31
      vllm-tool_chat_template_hunyuan_a13b`,
  },
  {
    losses: ["words as code", "reasoning of calls", "calls beside words", "reasoning of answers", "start"],
    templates: `
      llama-cpp-deepseek-r1`,
  },
];

/** The losses of each template that has some, by file name. */
export const templateLosses: ReadonlyMap<string, readonly Loss[]> = new Map(
  GROUPS.flatMap(({ losses, templates }) =>
    templates
      .trim()
      .split(/\s+/)
      .map((name) => [`${name}.jinja`, losses] as const),
  ),
);
