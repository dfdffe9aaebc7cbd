import { parserSpecs, specForTemplate, unknownSpec } from "../parsers/index.ts";
import type { ProfileMatch } from "../profiles/index.ts";
import type { ParserSpec } from "../types/index.ts";

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
