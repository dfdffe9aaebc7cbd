import { loadKnownTemplates, templateFingerprint } from "../../../profiles/index.ts";
import type { Rule } from "../rule.ts";

/** A template of a few lines that prints ChatML and nothing else is what the server falls back to. */
const FALLBACK_LENGTH = 1_000;

export const E06: Rule = {
  id: "E06",
  title: "the server uses the template of its model",
  severity: "error",
  about:
    "A template that fails to load is replaced by plain ChatML without a word, and flags can replace it too; the model is then asked in a " +
    "form that it does not know. The server's template is compared with that of the GGUF file.",
  fix: "start the server without --chat-template, or with --chat-template-file and the maker's template",
  sources: ["llama.cpp #15186", "ik_llama.cpp #693"],
  needs: ["server", "gguf"],
  check({ server, gguf }) {
    const [used, own] = [server?.chatTemplate, gguf?.chatTemplate];
    if (used === undefined || own === undefined) return [];
    const fingerprint = templateFingerprint(used);
    if (fingerprint === templateFingerprint(own)) return [];
    if (isFallback(used) && !own.includes("<|im_start|>"))
      return [{ message: "the server fell back to ChatML, which is not the model's format" }];
    const known = loadKnownTemplates()[fingerprint];
    const whose = known ? `that of ${known.name}` : "an unknown one";
    const message = `the server uses another template than ${gguf!.file} has: ${whose}`;
    return [{ message, severity: known ? "info" : "warning" }];
  },
};

const isFallback = (source: string) => source.length < FALLBACK_LENGTH && source.includes("<|im_start|>");
