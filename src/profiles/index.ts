export { loadProfiles } from "./load.ts";
export { matchProfile, type ProfileMatch, templateFingerprint } from "./match.ts";
