import { DAYS, MONTHS } from "./clock.ts";

const names = (list: readonly string[]) => list.map((name) => `${name}|${name.slice(0, 3)}`).join("|");

/** Dates and times as templates print them: 2026-01-15, 15 Jan 2026, January 15, 2026, Jan 15 2026, Thursday, 10:05:00. */
const DATE = new RegExp(
  [
    String.raw`\d{4}-\d{2}-\d{2}`,
    String.raw`\d{1,2}/\d{1,2}/\d{2,4}`,
    String.raw`\d{1,2} (?:${names(MONTHS)}),? \d{4}`,
    String.raw`(?:${names(MONTHS)}) \d{1,2},? \d{4}`,
    String.raw`\b(?:${names(DAYS)})\b`,
    String.raw`\d{2}:\d{2}(?::\d{2})?`,
  ].join("|"),
  "g",
);

/**
 * True if two renders are equal, or differ only in dates and times: a template that prints today's date is the same template
 * on either side of midnight.
 */
export function equalButForDate(a: string, b: string): boolean {
  return a === b || a.replace(DATE, "<date>") === b.replace(DATE, "<date>");
}
