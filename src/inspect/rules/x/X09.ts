import type { Finding, Rule } from "../rule.ts";

/** Zero-width and directional characters, soft hyphens and tags. */
const INVISIBLE = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
/** A Cyrillic or Greek letter inside a marker with Latin ones. */
const CONFUSABLE = /<[^<>\s]*(?:[a-z][^<>\s]*[\u0370-\u04ff]|[\u0370-\u04ff][^<>\s]*[a-z])[^<>\s]*>/giu;

export const X09: Rule = {
  id: "X09",
  title: "nothing in the template is invisible or disguised",
  severity: "security",
  about:
    "Invisible characters carry instructions that no reader sees, and a marker with a Cyrillic letter looks like the real one. The " +
    "template, its tokens and the given tools are searched for both.",
  fix: "do not use this template; take the one of the model's maker",
  sources: ["c4nary"],
  needs: [],
  evenUnreadable: true,
  check: ({ source, bosToken, eosToken, tools = [] }) => [
    ...search("the template", source),
    ...search("a token", `${bosToken} ${eosToken}`),
    ...search("a tool", JSON.stringify(tools)),
  ],
};

function search(where: string, text: string): readonly Finding[] {
  const codes = [...new Set(text.match(INVISIBLE))].map((character) => {
    return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  });
  const findings: Finding[] = [];
  if (codes.length > 0) findings.push({ message: `${where} contains invisible characters: ${codes.join(" ")}` });
  for (const marker of new Set(text.match(CONFUSABLE))) {
    findings.push({ message: `${where} contains ${marker}, whose letters are of two scripts` });
  }
  return findings;
}
