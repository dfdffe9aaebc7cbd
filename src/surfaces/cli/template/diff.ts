import { type Compared, compareTemplates, type Drift, driftOf } from "../../../inspect/templates.ts";
import { plain } from "../plain.ts";
import type { Settings } from "../settings.ts";
import { readPlace } from "./open-place.ts";
import { readableSubject } from "./readable-subject.ts";

const VERDICTS: Readonly<Record<Drift, string>> = {
  same: "they render every conversation alike",
  whitespace: "they differ in white space alone",
  tools: "they differ where tools are given",
  text: "they differ",
};

/** Renders the same conversations with two templates; resolves to 0 where they agree and 1 where they do not. Throws `usage`. */
export async function runDiff(
  settings: Settings,
  a: string,
  b: string,
  flags: { readonly json?: boolean },
): Promise<number> {
  const [first, second] = await Promise.all(
    [a, b].map(async (place) => readableSubject(await readPlace(settings, place))),
  );
  const compared = compareTemplates(first!, second!);
  const drift = driftOf(compared);
  if (flags.json) {
    const rows = compared.map(({ conversation, ...rest }) => ({ conversation: conversation.name, ...rest }));
    process.stdout.write(`${JSON.stringify({ a, b, drift, conversations: rows })}\n`);
  } else {
    const differing = compared.filter(({ likeness }) => likeness !== "same");
    const sum = `${compared.length - differing.length} of ${compared.length} conversations alike: ${VERDICTS[drift]}`;
    process.stdout.write(`${[...differing.flatMap(rowLines), sum].join("\n")}\n`);
  }
  return drift === "same" ? 0 : 1;
}

function rowLines({ conversation, likeness, difference, refusal }: Compared): string[] {
  const lines = [`${likeness.padEnd(10)}  ${conversation.name}`];
  const indent = " ".repeat(12);
  if (refusal) lines.push(`${indent}${refusal.by === "first" ? "A" : "B"} refuses: ${plain(refusal.message)}`);
  if (difference) {
    lines.push(`${indent}at ${difference.at}: A ${plain(JSON.stringify(difference.expected))}`);
    lines.push(`${" ".repeat(12 + String(difference.at).length + 5)}B ${plain(JSON.stringify(difference.got))}`);
  }
  return lines;
}
