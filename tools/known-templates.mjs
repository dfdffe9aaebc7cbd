// Writes models/templates.json: the chat templates of a corpus by fingerprint. Usage: node tools/known-templates.mjs FOLDER, where the
// folder holds the templates and an index.json (name, file, family, source, entry, read_from, commit_date, bos_token, eos_token, aliases).
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { templateFingerprint } from "../src/profiles/match.ts";

/** Makers whose own templates count as official, as their accounts are called. */
const MAKERS =
  /^(Qwen|zai-org|openai|MiniMaxAI|MiniMax|deepseek-ai|moonshotai|mistralai|google|meta-llama|microsoft|CohereForAI|CohereLabs|HuggingFaceTB|ibm-granite|tencent|poolside|openbmb|LiquidAI|GLM|Kimi|NVIDIA|Mistral|gemma)[-/.]?/;
/** Written or changed by somebody else than the maker. DeepSeek's encoders since V3.2 are Python; Mistral gives no Jinja for Small 3.2. */
const OTHERS = /interleaved|minja|DeepSeek-V3\.2|DeepSeek-V4|Mistral-Small-3\.2|JSON Schema|^unsloth|^Qwen3-Coder$/;

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("usage: node tools/known-templates.mjs FOLDER");
const index = JSON.parse(readFileSync(path.join(folder, "index.json"), "utf8"));
const known = {};
for (const entry of index) {
  const name = entry.entry ?? entry.name.replace(/-upstream$/, "");
  const fingerprint = templateFingerprint(readFileSync(path.join(folder, entry.file), "utf8"));
  if (known[fingerprint]) continue;
  known[fingerprint] = {
    family: entry.family,
    name,
    official: MAKERS.test(name) && !OTHERS.test(name),
    source: `${entry.source.replace(/ \(.*?\)/, "")} (${entry.commit_date})`,
    ...(entry.bos_token && { bosToken: entry.bos_token }),
    ...(entry.eos_token && { eosToken: entry.eos_token }),
  };
}
const sorted = Object.entries(known).sort(([, a], [, b]) => (a.family + a.name < b.family + b.name ? -1 : 1));
writeFileSync(
  new URL("../models/templates.json", import.meta.url),
  `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`,
);
