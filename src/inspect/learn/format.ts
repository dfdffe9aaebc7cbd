import type { LearnFormat } from "../../agent/index.ts";
import { createSubject } from "../rules/subject.ts";
import { learn } from "./index.ts";
import { roundTrips } from "./round-trip.ts";

/**
 * Learns the format of a model's answers from what its template renders. Undefined where that does not read back every call of the
 * template's own; never throws for the template's sake.
 */
export const learnFormat: LearnFormat = async ({ chatTemplate = "", bosToken, eosToken }) => {
  const subject = await createSubject({ name: "template", source: chatTemplate, bosToken, eosToken });
  if (!subject.tree) return undefined;
  const { spec, answers } = learn(subject);
  return spec && roundTrips(answers, spec).every(({ passed }) => passed) ? spec : undefined;
};
