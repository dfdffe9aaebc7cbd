import { compileTemplate, equalButForDate, render } from "../../src/templates/index.ts";
import { HalterError } from "../../src/types/index.ts";
import type { Conversation } from "./template-conversations.ts";
import type { TemplateServer } from "./template-servers.ts";

/** What one side makes of a conversation: its prompt, or why there is none. */
export type Outcome =
  | { readonly prompt: string; readonly error?: undefined }
  | { readonly prompt?: undefined; readonly error: string };

/** Our render of one conversation beside the server's. */
export interface Comparison {
  readonly conversation: string;
  /** The same text (a date apart), or both refuse. */
  readonly equal: boolean;
  readonly ours: Outcome;
  readonly theirs: Outcome;
}

/** Renders every conversation here, from nothing but the template and the tokens of `/props`, and on the server. */
export async function compareWithServer(
  server: TemplateServer,
  conversations: readonly Conversation[],
): Promise<readonly Comparison[]> {
  const { chat_template, bos_token, eos_token, build_info } = await server.get("/props");
  const template = await compileTemplate(String(chat_template), String(build_info));
  const comparisons: Comparison[] = [];
  for (const { name, prompt } of conversations) {
    const theirs = await applied(server, prompt);
    const ours = attempt(() =>
      render(template, { prompt, now: new Date(), bosToken: String(bos_token), eosToken: String(eos_token) }),
    );
    comparisons.push({ conversation: name, equal: sameOutcome(ours, theirs), ours, theirs });
  }
  return comparisons;
}

/** Where the two part, as text for a failing test. */
export function shownDifference({ ours, theirs }: Comparison): string {
  if (ours.prompt === undefined || theirs.prompt === undefined) {
    return `ours: ${ours.error ?? "renders"}\ntheirs: ${theirs.error ?? "renders"}`;
  }
  let at = 0;
  while (ours.prompt[at] === theirs.prompt[at]) at += 1;
  const near = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 60));
  return `ours: ${near(ours.prompt)}\ntheirs: ${near(theirs.prompt)}`;
}

function sameOutcome(ours: Outcome, theirs: Outcome): boolean {
  if (ours.prompt === undefined || theirs.prompt === undefined) return ours.prompt === theirs.prompt;
  return equalButForDate(ours.prompt, theirs.prompt);
}

function attempt(work: () => { readonly text: string }): Outcome {
  try {
    return { prompt: work().text };
  } catch (error) {
    if (error instanceof HalterError) return { error: error.message };
    throw error;
  }
}

async function applied(server: TemplateServer, { messages, tools, kwargs }: Conversation["prompt"]): Promise<Outcome> {
  const answer = await server.post("/apply-template", {
    messages,
    ...(tools.length > 0 && { tools: tools.map((tool) => ({ type: "function", function: tool })) }),
    chat_template_kwargs: kwargs,
  });
  return typeof answer.prompt === "string" ? { prompt: answer.prompt } : { error: JSON.stringify(answer.error) };
}
