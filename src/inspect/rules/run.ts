import { knownDefects, templateFingerprint } from "../../profiles/index.ts";
import type { TemplateDefect } from "../../types/index.ts";
import type { Finding, Need, Rule, Severity, Subject } from "./rule.ts";

/** A finding as it is reported. */
export interface Reported {
  readonly rule: Rule;
  readonly finding: Finding;
  /** The finding's own, else the rule's. */
  readonly severity: Severity;
  /** What to do: likewise. */
  readonly fix: string;
  /** Where this defect of this template is known from. */
  readonly known?: string;
  /** Why somebody does not want to hear of it. */
  readonly suppressed?: string;
}

/** What came of all rules. */
export interface RuleReport {
  readonly fingerprint: string;
  /** In the order of the rules. */
  readonly findings: readonly Reported[];
  readonly skipped: readonly { readonly rule: Rule; readonly reason: string }[];
  /** Milliseconds that each rule took; the first to render a conversation pays for all that look at it. */
  readonly durations: ReadonlyMap<string, number>;
}

export interface RunOptions {
  /** Reasons by rule id. */
  readonly suppressions?: ReadonlyMap<string, string>;
  readonly defects?: readonly TemplateDefect[];
}

const LACKING: Readonly<Record<Need, string>> = {
  reference: "needs a known-good template to compare with",
  tokenizer: "needs the model's tokenizer, which a running server has",
  server: "needs a running server",
  gguf: "needs a GGUF file",
  vocabulary: "needs the model's tokens, which a GGUF file or a running server has",
  tools: "needs your tools (--tools FILE)",
};

/** Runs rules over a template, one after the other. A rule that throws is a fault of ours and ends the run. */
export async function runRules(
  rules: readonly Rule[],
  subject: Subject,
  { suppressions = new Map(), defects }: RunOptions = {},
): Promise<RuleReport> {
  const fingerprint = templateFingerprint(subject.source);
  const known = new Map((defects ?? knownDefects(fingerprint)).map(({ rule, source }) => [rule, source]));
  const findings: Reported[] = [];
  const skipped: { rule: Rule; reason: string }[] = [];
  const durations = new Map<string, number>();
  for (const rule of rules) {
    const reason = reasonToSkip(rule, subject);
    if (reason !== undefined) {
      skipped.push({ rule, reason });
      continue;
    }
    const start = performance.now();
    const found = await rule.check(subject);
    durations.set(rule.id, performance.now() - start);
    const knownFrom = known.get(rule.id);
    const suppressed = suppressions.get(rule.id);
    for (const finding of found) {
      findings.push({
        rule,
        finding,
        severity: finding.severity ?? rule.severity,
        fix: finding.fix ?? rule.fix,
        ...(knownFrom !== undefined && { known: knownFrom }),
        ...(suppressed !== undefined && { suppressed }),
      });
    }
  }
  return { fingerprint, findings, skipped, durations };
}

/** True for what makes a check fail: an error, or a breach of security, that nobody suppressed. */
export function isError({ severity, suppressed }: Reported): boolean {
  return suppressed === undefined && (severity === "error" || severity === "security");
}

function reasonToSkip(rule: Rule, subject: Subject): string | undefined {
  const lacking = rule.needs.find((need) => subject[need] === undefined);
  if (lacking) return LACKING[lacking];
  if (rule.evenUnreadable) return undefined;
  if (subject.source.trim() === "") return "there is no template";
  return subject.tree ? undefined : "the template cannot be read";
}
