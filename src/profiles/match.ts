import { createHash } from "node:crypto";
import type { ModelProfile } from "../types/index.ts";

/** What told which profile it is, the surest first. */
export type MatchedBy = "fingerprint" | "template markers" | "architecture" | "name" | "fallback";

export interface ProfileMatch {
  readonly profile: ModelProfile;
  readonly by: MatchedBy;
  /** One sentence for the trace and for `halter doctor`. */
  readonly reason: string;
}

/** What a server tells of its model; each part may be unknown. */
export interface ModelFacts {
  readonly chatTemplate?: string | undefined;
  readonly architecture?: string | undefined;
  readonly model?: string | undefined;
}

/** Profile for models that nothing matches. */
const FALLBACK = "generic";

/**
 * SHA-256, hex, of a chat template with line ends as `\n` and without newlines at the end: llama-server's `/props` shows it so,
 * while files and GGUFs often end with one newline more.
 */
export function templateFingerprint(chatTemplate: string): string {
  const text = chatTemplate.replaceAll("\r\n", "\n").replace(/\n+$/, "");
  return createHash("sha256").update(text).digest("hex");
}

/** Finds the profile of a model; always finds one (`generic` at the last). Throws where `profiles` has no `generic`. */
export function matchProfile(profiles: readonly ModelProfile[], facts: ModelFacts): ProfileMatch {
  const { chatTemplate, architecture, model } = facts;
  const fingerprint = chatTemplate === undefined ? undefined : templateFingerprint(chatTemplate);
  const tests: readonly { by: MatchedBy; fits: (profile: ModelProfile) => boolean; reason: string }[] = [
    {
      by: "fingerprint",
      fits: ({ match }) => fingerprint !== undefined && match.templates.includes(fingerprint),
      reason: `its chat template is a known one (${fingerprint?.slice(0, 12)})`,
    },
    {
      by: "template markers",
      fits: ({ match }) => chatTemplate !== undefined && hasMarkers(match, chatTemplate),
      reason: "its chat template has the family's markers",
    },
    {
      by: "architecture",
      fits: ({ match }) => architecture !== undefined && match.architectures.includes(architecture),
      reason: `its architecture is ${architecture}`,
    },
    {
      by: "name",
      fits: ({ match }) => namesModel(match, model),
      reason: `its name is ${model}`,
    },
    { by: "fallback", fits: ({ id }) => id === FALLBACK, reason: "nothing else matched" },
  ];
  for (const { by, fits, reason } of tests) {
    const fitting = profiles.filter(fits);
    // Between families that share a template, the name decides.
    const profile = fitting.find(({ match }) => namesModel(match, model)) ?? fitting[0];
    if (profile) return { profile, by, reason: `${profile.title}: ${reason}` };
  }
  throw new Error(`No profile ${FALLBACK}`);
}

function hasMarkers(match: ModelProfile["match"], template: string): boolean {
  const { markers, without } = match;
  return (
    markers.length > 0 &&
    markers.every((marker) => template.includes(marker)) &&
    !without.some((marker) => template.includes(marker))
  );
}

function namesModel(match: ModelProfile["match"], model: string | undefined): boolean {
  return model !== undefined && match.names.some((name) => new RegExp(name, "i").test(model));
}
