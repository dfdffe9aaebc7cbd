import type { Finding, Rule } from "../rule.ts";
import { at, schemasOf, toolsOf } from "./schemas.ts";

/** Deeper schemas crashed builds; one grammar is made of all tools, and about 100 KB of them were too much. */
const DEEPEST = 64;
const MOST_TOOLS = 64;
const MOST_CHARACTERS = 100_000;

export const G08: Rule = {
  id: "G08",
  title: "the tools are not too many and not too large",
  severity: "warning",
  about:
    "All tools go into one grammar, and its size is limited: too many schemas, or ones too deep, end every request, and long before that " +
    "each token takes longer and the model chooses worse. Depth, characters and number are counted.",
  fix: "offer fewer tools at a time, and shorten their schemas",
  sources: ["llama.cpp #25283", "llama.cpp #25895"],
  needs: ["tools"],
  check({ tools }) {
    const findings: Finding[] = [];
    const deep = schemasOf(tools).find(({ depth }) => depth > DEEPEST);
    if (deep) findings.push(at(deep, `the schema is deeper than ${DEEPEST}`));
    const characters = JSON.stringify(toolsOf(tools).map(({ parameters }) => parameters)).length;
    if (characters > MOST_CHARACTERS)
      findings.push({ message: `the schemas have ${characters} characters, more than ${MOST_CHARACTERS}` });
    const count = tools?.length ?? 0;
    if (count > MOST_TOOLS) findings.push({ message: `there are ${count} tools, more than ${MOST_TOOLS}` });
    return findings;
  },
};
