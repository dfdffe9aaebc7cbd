import { compareTemplates, driftOf } from "../compare.ts";
import type { Rule, Severity } from "../rule.ts";

const DRIFTS = {
  text: { severity: "warning", words: "prompts come out otherwise" },
  tools: { severity: "warning", words: "prompts with tools come out otherwise" },
  whitespace: { severity: "info", words: "prompts differ in white space" },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly words: string }>>;

export const P12: Rule = {
  id: "P12",
  title: "it renders as the known template of its family",
  severity: "warning",
  about:
    "One in seven templates in published GGUF files renders otherwise than that of the model's maker, mostly with tools, and the model " +
    "answers worse for it. Every shared conversation is rendered with both.",
  fix: "compare them with `halter template diff`, or use the maker's template (--chat-template-file)",
  sources: ["ggufdoctor R001", "vllm-mlx #568"],
  needs: ["reference"],
  check(subject) {
    const { reference } = subject;
    if (!reference) return [];
    const compared = compareTemplates(reference, subject);
    const drift = driftOf(compared);
    if (drift === "same") return [];
    const { severity, words } = DRIFTS[drift];
    const differing = compared.filter(({ likeness }) => likeness !== "same");
    const shown =
      differing.find(({ likeness }) => (likeness === "whitespace") === (drift === "whitespace")) ?? differing[0]!;
    const { conversation, difference, refusal } = shown;
    const who = refusal && (refusal.by === "first" ? reference.name : "this one");
    return [
      {
        message: `${words} than with ${reference.name}, in ${differing.length} conversations${who ? `; ${who} refuses: ${refusal.message}` : ""}`,
        fixture: conversation.name,
        severity,
        ...(difference && { difference }),
      },
    ];
  },
};
