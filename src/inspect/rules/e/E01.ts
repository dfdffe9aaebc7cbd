import { equalButForDate } from "../../../templates/index.ts";
import { type ErrorCode, HalterError } from "../../../types/index.ts";
import { conversations } from "../conversations.ts";
import { firstDifference } from "../differences.ts";
import type { Conversation, Finding, Rule, ServerView, Subject } from "../rule.ts";
import { rewritesOf } from "./rewrites.ts";

/** As a well-behaved client sends them. */
const COMPARED: readonly Conversation[] = [
  conversations.plain,
  conversations.system,
  conversations.multiTurn,
  conversations.toolsWithSystem,
  conversations.called,
  conversations.calledTwice,
  conversations.parallel,
  conversations.reasonedCall,
  conversations.reasonedLoopOver,
  conversations.typedParts,
];

export const E01: Rule = {
  id: "E01",
  title: "our prompt is the server's, byte for byte",
  severity: "error",
  about:
    "What halter shows, counts and sends is of use only if the server would make the same prompt of the same messages. Ten conversations " +
    "are rendered here and by the server; a date may differ.",
  fix: "let the server render (--wire chat), and report the template",
  sources: [],
  needs: ["server"],
  async check(subject) {
    const findings: Finding[] = [];
    for (const conversation of COMPARED) findings.push(...(await compare(subject, subject.server!, conversation)));
    return findings;
  },
};

async function compare(subject: Subject, server: ServerView, conversation: Conversation): Promise<readonly Finding[]> {
  const ours = subject.render(conversation);
  const theirs = await attempt(() => server.applyTemplate(conversation));
  const fixture = conversation.name;
  if (theirs instanceof HalterError) {
    return ours.type === "text" ? [{ message: `the server refuses what we render: ${theirs.message}`, fixture }] : [];
  }
  if (ours.type === "refused") return [{ message: `the server renders what we refuse: ${ours.message}`, fixture }];
  if (equalButForDate(ours.text, theirs) || equalButForDate(ours.text, subject.bosToken + theirs)) return [];
  const rewrites = rewritesOf(subject, conversation).map(({ name }) => name);
  const because = rewrites.length > 0 ? ` (rewrites here: ${rewrites.join(", ")})` : "";
  const difference = firstDifference(theirs, ours.text);
  return [{ message: `our prompt differs from the server's${because}`, fixture, ...(difference && { difference }) }];
}

/** How a server says no to what it was sent; all else, such as one that is gone, is no finding. */
const REFUSALS: readonly ErrorCode[] = [
  "bad_history",
  "bad_tools",
  "bad_grammar",
  "bad_request",
  "template_failed",
  "server_error",
  "not_supported",
];

async function attempt(work: () => Promise<string>): Promise<string | HalterError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HalterError && REFUSALS.includes(error.code)) return error;
    throw error;
  }
}
