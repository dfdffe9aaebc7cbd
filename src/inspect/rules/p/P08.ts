import { textOf } from "../differences.ts";
import { LISTS_CALLED, LISTS_OFFERED } from "../lists.ts";
import type { Rule } from "../rule.ts";

/** How Python writes a list or mapping of text; parts of content aside, which servers join before. */
const PYTHON = /\[\s*'[\w-]+'\s*[,\]]|\{\s*'[\w-]+'\s*:(?! 'text')/;

export const P08: Rule = {
  id: "P08",
  title: "only text is printed without tojson",
  severity: "warning",
  about:
    "Lists, mappings, booleans and none that are printed as they are come out in Python's notation in transformers, as JSON in " +
    "`@huggingface/jinja`, and nested ones in yet another form in llama.cpp. Schemas and arguments with lists are rendered and searched " +
    "for Python's quotes.",
  fix: "print such values with `| tojson`",
  sources: [],
  needs: [],
  check(subject) {
    for (const conversation of [LISTS_OFFERED, LISTS_CALLED]) {
      const text = textOf(subject.render(conversation, { mode: "transformers" }));
      const at = text.search(PYTHON);
      if (at < 0) continue;
      const message = `transformers prints ${JSON.stringify(text.slice(at, at + 40))}, @huggingface/jinja prints JSON there`;
      return [{ message, fixture: conversation.name }];
    }
    return [];
  },
};
