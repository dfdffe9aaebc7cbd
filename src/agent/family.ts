import { parserSpecs, specForTemplate, unknownSpec } from "../parsers/index.ts";
import { loadProfiles, matchProfile, type ProfileMatch } from "../profiles/index.ts";
import type { Backend, ModelProfile, ParserSpec, ServerInfo } from "../types/index.ts";

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

/** The part of a server's facts that its template is rendered with. */
export type TemplateFacts = Partial<Pick<ServerInfo, "chatTemplate" | "bosToken" | "eosToken">>;

/** Reads from a template how its model writes; undefined where it teaches nothing that can be relied on. */
export type LearnFormat = (facts: TemplateFacts) => Promise<ParserSpec | undefined>;

/** What goes before what halter knows of models, and what helps where it knows nothing. */
export interface ModelHelp {
  readonly ownProfile?: OwnProfile | undefined;
  readonly learnFormat?: LearnFormat | undefined;
}

/** Finds profile and format of the model behind a backend, and lays what the user says of it over both. */
export async function knowModel(backend: Backend, help: ModelHelp = {}): Promise<KnownModel> {
  const { ownProfile = {}, learnFormat } = help;
  const match = matchProfile(loadProfiles(), backend.info);
  const profile: ModelProfile = { ...match.profile, ...(ownProfile as Partial<ModelProfile>) };
  const by = ownProfile.parser === undefined ? match.by : "name";
  const { spec, reason } = await chooseFamily({ ...match, profile, by }, backend.info, learnFormat);
  return { backend, profile, family: spec, profileReason: match.reason, familyReason: reason };
}

/** The format in which answers of a thread's model are read. */
export interface ChosenFamily {
  readonly spec: ParserSpec;
  /** One sentence for the trace and for `halter doctor`. */
  readonly reason: string;
}

/**
 * Chooses the format of a model's answers: its profile says it; where no profile fits, the markers in the template do, or else what can
 * be learned from its renders; a model of which nothing is known is read in every notation at once.
 */
export async function chooseFamily(
  { profile, by }: ProfileMatch,
  facts: TemplateFacts,
  learnFormat?: LearnFormat,
): Promise<ChosenFamily> {
  const own = typeof profile.parser === "string" ? parserSpecs[profile.parser] : profile.parser;
  if (own && by !== "fallback") return { spec: own, reason: `answers are read as ${own.id}, as its profile says` };
  if (facts.chatTemplate === undefined) return unknown;
  const found = specForTemplate(facts.chatTemplate);
  if (found) return { spec: found, reason: `answers are read as ${found.id}, whose markers stand in its template` };
  const learned = await learnFormat?.(facts);
  return learned ? { spec: learned, reason: "answers are read as its template writes calls" } : unknown;
}

const unknown: ChosenFamily = { spec: unknownSpec, reason: "answers are read in every notation there is" };
