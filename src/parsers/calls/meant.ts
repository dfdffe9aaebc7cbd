import type { Setting } from "../opening.ts";

/** Phrases of the introducing sentence that mark a call as shown and not meant. Data: one rule a line, first match wins. */
const SHOWN: readonly { readonly rule: string; readonly phrase: RegExp }[] = [
  { rule: "for example", phrase: /\b(?:for (?:example|instance)|e\.g\.|as an example)(?:\W|$)/i },
  { rule: "an example", phrase: /\bexamples?(?: (?:of|call|usage|input|output|tool|function|how)\b.*)?:?$/is },
  { rule: "would look like", phrase: /\b(?:would|could|might|may|should|will) look(?: something)? like\b/i },
  {
    rule: "names a format",
    phrase: /\b(?:in (?:this|that|the following|a similar) format|the (?:format|syntax) (?:is|of))\b/i,
  },
  { rule: "refused", phrase: /\b(?:do not|don't|never|should not|shouldn't) (?:call|use|run)\b/i },
  { rule: "in the past", phrase: /\bI (?:have |had |'ve )?(?:already |previously )?(?:called|used|ran|executed)\b/i },
];

/**
 * Whether a text call is meant, or only shown. It is meant unless the sentence that introduces it (back to the last
 * full stop or empty line) has a phrase of `SHOWN`; returns that phrase's rule. What comes after the call is not
 * looked at: the verdict must not wait for it.
 */
export function shownBy(setting: Setting): string | undefined {
  if (setting.intro.endsInCode()) return "inline code";
  const sentence = introducingSentence(setting.intro.text());
  return SHOWN.find(({ phrase }) => phrase.test(sentence))?.rule;
}

/** The last sentence of the text, white space around it aside; a colon at its end does not end it. */
function introducingSentence(intro: string): string {
  const trimmed = intro.trimEnd();
  const start = Math.max(
    trimmed.lastIndexOf("\n\n"),
    ...[". ", "! ", "? ", ".\n", "!\n", "?\n"].map((end) => trimmed.lastIndexOf(end)),
  );
  return trimmed.slice(start + 1).trim();
}
