import { handlerMarks } from "../../../templates/index.ts";
import type { Rule } from "../rule.ts";

export const P13: Rule = {
  id: "P13",
  title: "llama-server recognises the template as it does the known one",
  severity: "error",
  about:
    "llama-server chooses the code that reads the model's output by pieces of the template's source; an edit that removes such a piece " +
    "changes the parser without a word. The pieces are looked for in this template and in the known one.",
  fix: "put the piece back into the template, a comment is enough",
  sources: ["llama.cpp #19474"],
  needs: ["reference"],
  check({ source, reference }) {
    if (!reference) return [];
    const [ours, theirs] = [handlerMarks(source), handlerMarks(reference.source)].map(shown);
    if (ours === theirs) return [];
    return [{ message: `the server recognises it ${ours}, but ${reference.name} ${theirs}` }];
  },
};

function shown(marks: readonly string[] | undefined): string {
  return marks ? `by ${marks.join(" and ")}` : "by nothing and learns the format";
}
