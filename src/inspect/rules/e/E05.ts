import { loadKnownTemplates, templateFingerprint } from "../../../profiles/index.ts";
import type { Rule } from "../rule.ts";

/** The list of templates that are replaced. */
const REGISTRY = "chat-template-automap.ts";

export const E05: Rule = {
  id: "E05",
  title: "Ollama uses this template itself",
  severity: "info",
  about:
    "Where Ollama recognises a template it puts one of its own in Go's notation in its place, which may not know tools. The fingerprint is " +
    "looked up among the templates that Ollama recognises; it also takes ones that differ in less than a hundred characters.",
  fix: "check what the model does with tools there (`ollama show --template`), or run it under llama-server",
  sources: ["ggufdoctor X003"],
  needs: [],
  check({ source }) {
    const known = loadKnownTemplates()[templateFingerprint(source)];
    if (!known?.source.includes(REGISTRY)) return [];
    return [{ message: `Ollama recognises this template (${known.name}) and uses one of its own` }];
  },
};
