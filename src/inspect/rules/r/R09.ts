import { conversations } from "../conversations.ts";
import type { Conversation, Finding, Rule, Subject } from "../rule.ts";
import { assistant, call, result, TOOLS, user } from "../words.ts";

const CALLS = { tool_calls: [call("get_weather_zq", { city_zq: "PARISZQ" })] };
/** As a client sends it that calls the field so. */
const THINKING: Conversation = {
  name: "thinking, content and call",
  tools: TOOLS,
  messages: [
    user("ASKZQ please"),
    assistant("BESIDEZQ words", { thinking: "REASONZQ first", ...CALLS }),
    result("SUNNYZQ and warm", "get_weather_zq"),
  ],
};

export const R09: Rule = {
  id: "R09",
  title: "reasoning, content and a call may come together",
  severity: "error",
  about:
    "Models think, say a word and call a tool in one message. A template that refuses the message when it comes back ends the session. It is " +
    "rendered as a server gets it; what is refused only without a server's rewrites is a warning.",
  fix: "leave the content out when the message goes back, or print both",
  sources: ["llama.cpp #19703"],
  needs: [],
  check(subject) {
    if (!subject.caps.toolCalls) return [];
    const served = refusal(subject, conversations.reasoningContentAndCall, false);
    if (served) return [served];
    const raw = refusal(subject, conversations.reasoningContentAndCall, true) ?? refusal(subject, THINKING, true);
    return raw ? [{ ...raw, message: `${raw.message}, unless a server rewrites it`, severity: "warning" }] : [];
  },
};

/** Only where the same without reasoning is taken. */
function refusal(subject: Subject, conversation: Conversation, raw: boolean): Finding | undefined {
  if (subject.render(conversations.contentBesideCall, { raw }).type === "refused") return undefined;
  const outcome = subject.render(conversation, { raw });
  if (outcome.type === "text" || outcome.limited) return undefined;
  return { message: `a message with all three is refused: ${outcome.message}`, fixture: conversation.name };
}
