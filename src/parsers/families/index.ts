import type { ParserSpec } from "../../types/index.ts";
import { apertus } from "./apertus.ts";
import { apriel } from "./apriel.ts";
import { commandR } from "./command-r.ts";
import { deepseekV3, deepseekV31 } from "./deepseek.ts";
import { deepseekDsml } from "./deepseek-dsml.ts";
import { dots } from "./dots.ts";
import { ernie } from "./ernie.ts";
import { functionaryV3, functionaryV32 } from "./functionary.ts";
import { functiongemma, gemma4 } from "./gemma.ts";
import { gigachat } from "./gigachat.ts";
import { glimmer } from "./glimmer.ts";
import { glmXml } from "./glm-xml.ts";
import { granite } from "./granite.ts";
import { harmony } from "./harmony.ts";
import { hermesJson } from "./hermes-json.ts";
import { hunyuanA13b, hunyuanV3 } from "./hunyuan.ts";
import { inkling } from "./inkling.ts";
import { internlm } from "./internlm.ts";
import { firefunction, jamba, nemotronV2, phi4, xlam } from "./json-lists.ts";
import { kimiK2 } from "./kimi-k2.ts";
import { kimiK3 } from "./kimi-k3.ts";
import { lfm2 } from "./lfm2.ts";
import { llama3, pythonic } from "./llama.ts";
import { longcat } from "./longcat.ts";
import { minicpm5 } from "./minicpm5.ts";
import { minimaxM2, minimaxM3 } from "./minimax.ts";
import { mistral } from "./mistral.ts";
import { olmo3 } from "./olmo3.ts";
import { plain } from "./plain.ts";
import { qwen3CoderXml } from "./qwen3-coder-xml.ts";
import { seedOss } from "./seed-oss.ts";
import { step3 } from "./step3.ts";

/** The output format of every family, as data. */
export const families: readonly ParserSpec[] = [
  hermesJson,
  qwen3CoderXml,
  glmXml,
  harmony,
  plain,
  apertus,
  apriel,
  commandR,
  deepseekV3,
  deepseekV31,
  ernie,
  functionaryV3,
  functionaryV32,
  functiongemma,
  gemma4,
  gigachat,
  granite,
  internlm,
  firefunction,
  jamba,
  nemotronV2,
  phi4,
  xlam,
  kimiK2,
  lfm2,
  llama3,
  pythonic,
  mistral,
  olmo3,
  deepseekDsml,
  dots,
  glimmer,
  hunyuanA13b,
  hunyuanV3,
  inkling,
  kimiK3,
  longcat,
  minicpm5,
  minimaxM2,
  minimaxM3,
  seedOss,
  step3,
];
