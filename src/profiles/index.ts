export { loadProfiles } from "./load.ts";
export { type MatchedBy, matchProfile, type ProfileMatch, templateFingerprint } from "./match.ts";
