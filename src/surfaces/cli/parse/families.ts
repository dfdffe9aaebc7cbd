import { parserSpecs } from "../../../parsers/index.ts";

/** What may stand where a parser spec is wanted. */
export const SPEC_HINT =
  "a parser spec, as `halter template learn --out FILE` writes it, or a profile with one; ids: halter parse --families";

/** Fewer letters in common say nothing. */
const ALIKE = 3;
const SHOWN = 5;

/** What to do about a name that is no family's: the ids that begin most like it, and where all of them are. */
export function familyHint(name: string): string {
  const near = Object.keys(parserSpecs)
    .map((id) => ({ id, alike: sharedStart(letters(id), letters(name)) }))
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, SHOWN);
  const meant = near.length > 0 ? `did you mean ${near.map(({ id }) => id).join(" or ")}? ` : "";
  return `${meant}halter parse --families lists all; a JSON file of a parser spec is taken too`;
}

const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");

function sharedStart(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at;
}
