import { loadKnownTemplates, templateFingerprint } from "../../../profiles/index.ts";
import type { Rule } from "../rule.ts";

export const X12: Rule = {
  id: "X12",
  title: "it is known where the template comes from",
  severity: "info",
  about:
    "A template that is the same, byte for byte, as one that the model's maker published needs no further trust. Its fingerprint is looked " +
    "up in the table of known templates.",
  fix: "compare an unknown template with that of the model's maker (`halter template diff`)",
  sources: [],
  needs: [],
  check({ source }) {
    const fingerprint = templateFingerprint(source);
    const known = loadKnownTemplates()[fingerprint];
    const short = fingerprint.slice(0, 12);
    if (!known) return [{ message: `an unknown template (${short})` }];
    const whose = known.official ? "as its maker published it" : "not from the model's maker";
    return [{ message: `known as ${known.name}, ${whose} (${short}, ${known.source})` }];
  },
};
