import { conversations } from "../conversations.ts";
import type { Outcome, Subject } from "../rule.ts";

/** The same call with its arguments as an object and as JSON text, as the template itself takes them, without the server's rewrites. */
export function argumentForms(subject: Subject): { readonly asObject: Outcome; readonly asText: Outcome } {
  return {
    asObject: subject.render(conversations.called, { raw: true }),
    asText: subject.render(conversations.stringArguments, { raw: true }),
  };
}
