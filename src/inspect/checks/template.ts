import type { ProfileMatch } from "../../profiles/index.ts";
import type { ServerInfo, Wire } from "../../types/index.ts";
import { type Check, pass, warn } from "../check.ts";

/** What is known of the template and how halter will talk to it. Pure. */
export function checkTemplate(
  info: ServerInfo,
  match: ProfileMatch,
  familyReason: string,
  chosen: { readonly wire: Wire; readonly reason: string },
): Check[] {
  const checks: Check[] = [];
  if (info.chatTemplate === undefined) {
    checks.push(warn("template", "the server shows no chat template", "use llama-server to have it checked"));
  } else if (match.by === "fallback") {
    const text = `unknown template of ${info.chatTemplate.length} characters: ${familyReason}`;
    checks.push(warn("template", text, "add a profile in models/"));
  } else {
    checks.push(pass("template", match.reason));
  }
  if (info.caps.supports_tools === false) {
    checks.push(
      warn(
        "template",
        "the template does not show tools to the model",
        "start the server with --chat-template-file of a template that does",
      ),
    );
  }
  const isDrift = chosen.wire === "chat" && info.wires.includes("raw");
  const text = `wire ${chosen.wire}: ${chosen.reason}`;
  checks.push(
    isDrift
      ? warn("template", text, "halter works on the chat wire; the server may bend calls there")
      : pass("template", text),
  );
  return checks;
}
