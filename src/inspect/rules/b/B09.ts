import { conversations } from "../conversations.ts";
import { firstDifference, withoutSpace } from "../differences.ts";
import type { Rule } from "../rule.ts";

export const B09: Rule = {
  id: "B09",
  title: "white space is that of the known-good template",
  severity: "warning",
  about:
    "A loader or an editor that drops line breaks changes what the model sees in every turn, and calls come out broken. The same " +
    "conversations are rendered with the known-good template; here only differences in white space count.",
  fix: "take the template anew from its source, byte for byte",
  sources: ["dynamo #6294"],
  needs: ["reference"],
  check(subject) {
    const shapes = [conversations.plain, conversations.multiTurn, conversations.tools, conversations.calledAndAnswered];
    for (const conversation of shapes) {
      const own = subject.render(conversation);
      const good = subject.reference!.render(conversation);
      if (own.type === "refused" || good.type === "refused") continue;
      const difference = firstDifference(good.text, own.text);
      if (!difference || withoutSpace(own.text) !== withoutSpace(good.text)) continue;
      const message = "white space differs from the known-good template's";
      return [{ message, fixture: conversation.name, difference }];
    }
    return [];
  },
};
