import { styleText } from "node:util";
import type { Rule, Severity } from "../../../inspect/templates.ts";

type Color = Parameters<typeof styleText>[0];

const COLORS: Readonly<Record<Severity, Color>> = { error: "red", security: "red", warning: "yellow", info: "gray" };

/** A severity as a word of eight characters. */
export function severityText(severity: Severity, color: boolean): string {
  const word = severity.padEnd(8);
  return color ? styleText(COLORS[severity], word, { validateStream: false }) : word;
}

/** One line of the list. */
export function ruleLine({ id, severity, title, needs }: Rule, color: boolean): string {
  const needed = needs.length > 0 ? `  (needs: ${needs.join(", ")})` : "";
  return `${id}  ${severityText(severity, color)}  ${title}${needed}`;
}

/** All that a rule says of itself, in paragraphs. */
export function explainRule(rule: Rule, color: boolean): string {
  const paragraphs = [ruleLine(rule, color), rule.about, `Fix: ${rule.fix}`];
  if (rule.sources.length > 0) paragraphs.push(`Seen in: ${rule.sources.join(", ")}`);
  return `${paragraphs.join("\n\n")}\n`;
}
