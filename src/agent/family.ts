import { parserSpecs, specForTemplate, unknownSpec } from "../parsers/index.ts";
import { loadProfiles, matchProfile, type ProfileMatch } from "../profiles/index.ts";
import type { Backend, ModelProfile, ParserSpec } from "../types/index.ts";

/** What a thread knows of the model it talks to. */
export interface KnownModel {
  readonly backend: Backend;
  readonly profile: ModelProfile;
  readonly family: ParserSpec;
  /** How the profile was found, and how the format was chosen; one sentence each. */
  readonly profileReason: string;
  readonly familyReason: string;
}

/** What a user says of a model; it goes before what its profile says. */
export type OwnProfile = { readonly [Key in keyof ModelProfile]?: ModelProfile[Key] | undefined };

/** Finds profile and format of the model behind a backend, and lays what the user says of it over both. */
export function knowModel(backend: Backend, own: OwnProfile = {}): KnownModel {
  const match = matchProfile(loadProfiles(), backend.info);
  const profile: ModelProfile = { ...match.profile, ...(own as Partial<ModelProfile>) };
  const by = own.parser === undefined ? match.by : "name";
  const { spec, reason } = chooseFamily({ ...match, profile, by }, backend.info.chatTemplate);
  return { backend, profile, family: spec, profileReason: match.reason, familyReason: reason };
}

/** The format in which answers of a thread's model are read. */
export interface ChosenFamily {
  readonly spec: ParserSpec;
  /** One sentence for the trace and for `halter doctor`. */
  readonly reason: string;
}

/**
 * Chooses the format of a model's answers: its profile says it; where no profile fits, the markers in the template do; a model of which
 * nothing is known is read in every notation at once.
 */
export function chooseFamily({ profile, by }: ProfileMatch, chatTemplate: string | undefined): ChosenFamily {
  const own = typeof profile.parser === "string" ? parserSpecs[profile.parser] : profile.parser;
  if (own && by !== "fallback") return { spec: own, reason: `answers are read as ${own.id}, as its profile says` };
  const found = chatTemplate === undefined ? undefined : specForTemplate(chatTemplate);
  if (found) return { spec: found, reason: `answers are read as ${found.id}, whose markers stand in its template` };
  return { spec: unknownSpec, reason: "answers are read in every notation there is" };
}
