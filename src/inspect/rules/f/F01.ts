import { conversations } from "../conversations.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { named, sentinelsOf } from "./sentinels.ts";
import { ordinaryShapes } from "./shapes.ts";

/** A template that shows not even one user message, or loses a message of a conversation that it takes. */
export const F01: Rule = {
  id: "F01",
  title: "the text of every message reaches the prompt",
  severity: "error",
  about:
    "A message that the template drops was never said, as far as the model knows. Ordinary conversations with one unique word in each " +
    "message are rendered; every word must stand in the prompt. A system message that only llama-server's rewrites save is a warning.",
  fix: "print the content of every message, whatever its role and place",
  sources: ["ollama #13509"],
  needs: [],
  check(subject) {
    const shapes = ordinaryShapes(subject);
    for (const shape of shapes) {
      const finding = lossIn(subject, shape);
      if (finding) return [finding];
    }
    return silentlyLostSystem(subject);
  },
};

/** llama-server puts the system text into the next message where its probes find no system role; other programs do not. */
function silentlyLostSystem(subject: Subject): readonly Finding[] {
  const outcome = subject.render(conversations.system, { raw: true });
  if (outcome.type === "refused" || !outcome.text.includes("ASKZQ") || outcome.text.includes("SYSTEMZQ")) return [];
  const message = "the system message is lost, unless llama-server puts it into the user's";
  return [{ message, fixture: conversations.system.name, severity: "warning" }];
}

function lossIn(subject: Subject, shape: Parameters<Subject["render"]>[0]): Finding | undefined {
  const outcome = subject.render(shape);
  if (outcome.type === "refused") {
    if (shape.messages.length > 1 || outcome.limited) return undefined;
    return { message: `a conversation of one user message is refused: ${outcome.message}`, fixture: shape.name };
  }
  const lost = sentinelsOf(shape).filter(({ word }) => !outcome.text.includes(word));
  return lost.length === 0
    ? undefined
    : { message: `lost on the way to the prompt: ${named(lost)}`, fixture: shape.name };
}
