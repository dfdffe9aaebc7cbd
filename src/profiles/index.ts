export { knownDefects, loadKnownTemplates } from "./known-templates.ts";
export { loadProfiles } from "./load.ts";
export { matchProfile, type ProfileMatch, templateFingerprint } from "./match.ts";
