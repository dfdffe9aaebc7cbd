import type { Finding, Rule, Subject } from "../rule.ts";
import { lostWords, offeringParameters, showsParameters } from "./schemas.ts";

const BRANCHES = [
  { type: "string", description: "LEFTBRANCHZQ of the choice" },
  { type: "integer", description: "RIGHTBRANCHZQ of the choice" },
];
const UNIONS = ["anyOf", "oneOf", "allOf"].map((keyword) => ({
  keyword,
  conversation: offeringParameters(`a parameter with ${keyword}`, {
    choice_zq: { description: "CHOICEZQ to make", [keyword]: BRANCHES },
  }),
}));

export const S01: Rule = {
  id: "S01",
  title: "the branches of a union reach the prompt",
  severity: "warning",
  about:
    "A template that writes schemas out by itself knows only the keywords it was made for: the model never sees what anyOf, oneOf or " +
    "allOf allow and guesses. A tool with each of them is rendered; the descriptions of both branches must stand in the prompt.",
  fix: "write the alternatives into the parameter's description, or give the parameter one type",
  sources: ["Gemma 4 on Hugging Face, pull request #91"],
  needs: [],
  check(subject) {
    if (!showsParameters(subject)) return [];
    return [...refused(subject), ...lost(subject)];
  },
};

function refused(subject: Subject): readonly Finding[] {
  return UNIONS.flatMap(({ keyword, conversation }): readonly Finding[] => {
    const { refusal } = lostWords(subject, conversation, []);
    if (refusal === undefined) return [];
    return [
      { message: `a tool with ${keyword} is refused: ${refusal}`, fixture: conversation.name, severity: "error" },
    ];
  }).slice(0, 1);
}

function lost(subject: Subject): readonly Finding[] {
  const losing = UNIONS.filter(({ conversation }) => {
    const { lost, refusal } = lostWords(subject, conversation, ["LEFTBRANCHZQ", "RIGHTBRANCHZQ"]);
    return refusal === undefined && lost.length > 0;
  });
  const [first] = losing;
  if (!first) return [];
  const keywords = losing.map(({ keyword }) => keyword).join(", ");
  return [{ message: `what ${keywords} allows does not reach the prompt`, fixture: first.conversation.name }];
}
