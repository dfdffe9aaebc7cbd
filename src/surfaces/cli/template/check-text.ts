import {
  isError,
  type Reported,
  type RuleReport,
  type Subject,
  type TemplateSource,
} from "../../../inspect/templates.ts";
import type { KnownTemplate } from "../../../types/index.ts";
import { plain } from "../plain.ts";
import { severityText } from "./rule-text.ts";

/** A check and what it was of. */
export interface Checked {
  readonly source: TemplateSource;
  readonly subject: Subject;
  readonly report: RuleReport;
  readonly known: KnownTemplate | undefined;
  readonly milliseconds: number;
}

/** For a person: what it is, the findings by rule with what to do, and a sum. `all` shows facts and what was left out. */
export function checkLines(
  checked: Checked,
  { all, color }: { readonly all: boolean; readonly color: boolean },
): string[] {
  const { findings, skipped } = checked.report;
  const shown = findings.filter((reported) => all || isTold(reported)).toSorted((a, b) => rankOf(a) - rankOf(b));
  const lines = [...headLines(checked), ""];
  let last: Reported | undefined;
  for (const reported of shown) {
    if (last && (last.rule !== reported.rule || last.fix !== reported.fix)) lines.push(...adviceLines(last));
    lines.push(...findingLines(reported, checked.subject.tree?.source ?? "", color));
    last = reported;
  }
  if (last) lines.push(...adviceLines(last), "");
  if (all) lines.push(...skipped.map(({ rule, reason }) => `skipped   ${rule.id}  ${reason}`), "");
  return [...lines, sumLine(checked, all)];
}

/** For a script. */
export function checkJson({ source, subject, report, known, milliseconds }: Checked) {
  return {
    name: source.name,
    fingerprint: report.fingerprint,
    known: known ?? null,
    profile: subject.profile.id,
    notes: source.notes,
    findings: report.findings.map(({ rule, finding, severity, fix, known: knownFrom, suppressed }) => ({
      rule: rule.id,
      severity,
      ...finding,
      fix,
      sources: rule.sources,
      ...(knownFrom !== undefined && { known: knownFrom }),
      ...(suppressed !== undefined && { suppressed }),
    })),
    skipped: report.skipped.map(({ rule, reason }) => ({ rule: rule.id, reason })),
    milliseconds,
  };
}

function headLines({ source, subject, report, known }: Checked): string[] {
  const what = known ? `${known.name}${known.official ? ", official" : ""} (${known.source})` : "not a known template";
  return [
    plain(source.name),
    `  fingerprint ${report.fingerprint.slice(0, 12)}: ${plain(what)}`,
    `  profile: ${subject.profile.title}`,
    ...source.notes.map((note) => `  ${plain(note)}`),
  ];
}

function findingLines(
  { rule, finding, severity, known, suppressed }: Reported,
  template: string,
  color: boolean,
): string[] {
  const { fixture, difference, span } = finding;
  const lines = [
    `${severityText(severity, color)}  ${rule.id}  ${fixture ? `[${fixture}] ` : ""}${oneLine(finding.message)}`,
  ];
  if (span) {
    const line = template.slice(0, span.start).split("\n").length;
    lines.push(
      `               line ${line}: ${oneLine(template.slice(span.start, Math.min(span.end, span.start + 100)))}`,
    );
  }
  if (difference) {
    lines.push(`               at ${difference.at}: expected ${quoted(difference.expected)}`);
    lines.push(`${" ".repeat(15 + String(difference.at).length + 5)}     got ${quoted(difference.got)}`);
  }
  if (known !== undefined) lines.push(`               known: ${known}`);
  if (suppressed !== undefined) lines.push(`               suppressed: ${plain(suppressed)}`);
  return lines;
}

function adviceLines({ rule, fix }: Reported): string[] {
  const seen = rule.sources.length > 0 ? [`               seen in: ${rule.sources.join(", ")}`] : [];
  return [`               fix: ${fix}`, ...seen];
}

function sumLine({ report, milliseconds }: Checked, all: boolean): string {
  const { findings, skipped } = report;
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  const errors = open.filter(isError);
  const known = errors.filter((error) => error.known !== undefined).length;
  const warnings = open.filter(({ severity }) => severity === "warning").length;
  const facts = open.length - errors.length - warnings;
  const parts = [
    counted(errors.length, "error") + (known > 0 ? ` (${known} known)` : ""),
    counted(warnings, "warning"),
    counted(facts, "fact"),
  ];
  if (findings.length > open.length) parts.push(`${findings.length - open.length} suppressed`);
  if (skipped.length > 0) parts.push(`${counted(skipped.length, "rule")} skipped`);
  const hidden = !all && (facts > 0 || findings.length > open.length || skipped.length > 0);
  return `${parts.join(", ")}; ${milliseconds} ms${hidden ? " (--all shows everything)" : ""}`;
}

/** What breaks for somebody comes first. */
const rankOf = (reported: Reported): number =>
  isError(reported) ? 0 : ["error", "security", "warning", "info"].indexOf(reported.severity) + 1;

const isTold = (reported: Reported): boolean => reported.suppressed === undefined && reported.severity !== "info";

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** A finding may quote the template. */
const oneLine = (text: string): string => plain(text.replaceAll("\n", " ↵ "));

const quoted = (text: string): string => plain(JSON.stringify(text));
