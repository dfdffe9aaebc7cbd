import { type Check, fail, pass, warn } from "../check.ts";

/** Share of the window above which the fixed prompt leaves too little to work in. */
const LARGE_SHARE = 0.25;

/** The fixed prompt's size against the window, both in tokens. Pure. */
export function checkPrompt(promptTokens: number | undefined, windowTokens: number | undefined): Check[] {
  if (promptTokens === undefined) return [pass("prompt", "the server counts no tokens")];
  if (windowTokens === undefined) return [pass("prompt", `system and tools take ${promptTokens} tokens`)];
  const share = promptTokens / windowTokens;
  const text = `system and tools take ${promptTokens} of ${windowTokens} tokens (${Math.round(share * 100)} %)`;
  if (share >= 0.9) return [fail("prompt", text, "give the server a larger context (-c)")];
  if (share > LARGE_SHARE) return [warn("prompt", text, "give the server a larger context (-c), or shorten AGENTS.md")];
  return [pass("prompt", text)];
}

/** How prompts reach the model, and what that does to their tokens. Pure. */
export function checkSafety(
  safety: { readonly isSafe: boolean; readonly reason: string },
  ids: { readonly tokens: number; readonly differing: number | undefined } | undefined,
): Check {
  if (!safety.isSafe) {
    const next = "halter says so when a message holds a control token's text, which the model may take for the token";
    return warn("prompt", safety.reason, next);
  }
  const figures = ids?.differing === undefined ? "" : `; ${ids.differing} of ${ids.tokens} differ from plain text's`;
  return pass("prompt", `${safety.reason}${figures}`);
}
