import { conversations } from "../conversations.ts";
import { firstDifference } from "../differences.ts";
import type { Conversation, Finding, Rule, Subject } from "../rule.ts";
import { showsCalls } from "../shows-calls.ts";
import { call, calling, result, TOOLS, user } from "../words.ts";

const EDGED = "  \nSUNNYZQ and warm\n\n  ";
const EDGED_RESULT: Conversation = {
  name: "white space around a tool result",
  tools: TOOLS,
  messages: [
    user("ASKZQ please"),
    calling([call("get_weather_zq", { city_zq: "PARISZQ" })]),
    result(EDGED, "get_weather_zq"),
  ],
};

export const F07: Rule = {
  id: "F07",
  title: "white space at the edges of content is kept",
  severity: "warning",
  about:
    "A template that trims content changes the indentation of code at the edges of a message or a tool result: an edit that quotes the " +
    "first line of a file then fails. Content with white space at both ends is rendered; it must stand in the prompt unchanged.",
  fix: "print content without `trim`; the harness can make a code block of it meanwhile",
  sources: ["llama.cpp #24181"],
  needs: [],
  check: (subject) => [
    ...changed(subject, conversations.whitespace, "  \nASKZQ please\n\n  ", "user message"),
    ...(showsCalls(subject) ? changed(subject, EDGED_RESULT, EDGED, "tool result") : []),
  ],
};

/** White space may also be written as in JSON text. */
function changed(subject: Subject, conversation: Conversation, content: string, what: string): readonly Finding[] {
  const outcome = subject.render(conversation);
  const word = content.trim();
  if (outcome.type === "refused" || !outcome.text.includes(word)) return [];
  const escaped = JSON.stringify(content).slice(1, -1);
  if (outcome.text.includes(content) || outcome.text.includes(escaped)) return [];
  const at = outcome.text.indexOf(word) - content.indexOf(word);
  const difference = firstDifference(content, outcome.text.slice(Math.max(0, at), Math.max(0, at) + content.length));
  return [
    {
      message: `white space around a ${what} is changed`,
      fixture: conversation.name,
      ...(difference && { difference }),
    },
  ];
}
