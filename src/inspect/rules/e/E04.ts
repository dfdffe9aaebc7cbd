import { compareTemplates } from "../compare.ts";
import { conversations } from "../conversations.ts";
import { LISTS_CALLED, LISTS_OFFERED } from "../lists.ts";
import type { Conversation, Finding, RenderOptions, Rule, Severity } from "../rule.ts";

const ALL: readonly Conversation[] = [...Object.values(conversations), LISTS_OFFERED, LISTS_CALLED];
/** The package is slow: what shows most of its differences is enough. */
const FEW: readonly Conversation[] = [
  conversations.plain,
  conversations.toolsWithSystem,
  conversations.multiTurn,
  conversations.calledTwice,
  conversations.nestedArguments,
  conversations.contentBesideCall,
  conversations.noArguments,
  conversations.reasonedLoopOver,
  conversations.whitespace,
  conversations.emptySystem,
  LISTS_OFFERED,
  LISTS_CALLED,
];

interface Other {
  readonly name: string;
  readonly options: RenderOptions;
  readonly severity: Severity;
  readonly shown: readonly Conversation[];
}

const OTHERS: readonly Other[] = [
  { name: "transformers", options: { mode: "transformers" }, severity: "warning", shown: ALL },
  { name: "@huggingface/jinja", options: { engine: "hf" }, severity: "info", shown: FEW },
];

export const E04: Rule = {
  id: "E04",
  title: "all engines make the same prompt",
  severity: "warning",
  about:
    "The model was trained on what transformers renders; llama-server and JavaScript programs render with engines of their own. Shared " +
    "conversations, rewritten as the server does, go through all three.",
  fix: "use constructs that all engines read alike; the first difference shows which one is not",
  sources: ["ggufdoctor X001", "lmstudio-bug-tracker #1749"],
  needs: [],
  check(subject) {
    return OTHERS.flatMap(({ name, options, severity, shown }): Finding[] => {
      const other = {
        render: (conversation: Parameters<typeof subject.render>[0]) => subject.render(conversation, options),
      };
      const compared = compareTemplates(subject, other, shown);
      const differing = compared.filter(({ likeness }) => likeness !== "same");
      const [first] = differing;
      if (!first) return [];
      const { conversation, difference, refusal } = first;
      const how = refusal
        ? `${refusal.by === "first" ? "llama.cpp" : name} refuses: ${refusal.message}`
        : "the texts differ";
      const message = `${name} and llama.cpp disagree on ${differing.length} of ${compared.length} conversations; ${how}`;
      return [{ message, fixture: conversation.name, severity, ...(difference && { difference }) }];
    });
  },
};
