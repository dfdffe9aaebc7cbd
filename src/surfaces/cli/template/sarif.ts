import type { Reported, Rule, RuleReport, Severity } from "../../../inspect/templates.ts";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  security: "error",
  warning: "warning",
  info: "note",
};

/** What was found in one template. */
export interface SarifInput {
  readonly report: RuleReport;
  /** The template's text. */
  readonly source: string;
  /** The file as it was named on the command line. */
  readonly artifact: string;
}

/** The findings in templates as one run of SARIF 2.1.0. */
export function sarifLog(inputs: readonly SarifInput[]) {
  const rules = [...new Set(inputs.flatMap(({ report }) => report.findings.map(({ rule }) => rule)))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "halter", rules: rules.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        results: inputs.flatMap((input) => input.report.findings.map((reported) => result(reported, rules, input))),
      },
    ],
  };
}

function descriptor({ id, title, about, fix, sources, severity }: Rule) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: about },
    help: { text: [fix, ...sources].join("\n") },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ["chat-template", ...(severity === "security" ? ["security"] : [])] },
  };
}

function result(
  { rule, finding, severity, suppressed }: Reported,
  rules: readonly Rule[],
  { report, source, artifact }: SarifInput,
) {
  const { fixture, message, span } = finding;
  const startLine = span ? source.slice(0, span.start).split("\n").length : 1;
  const region = span ? { startLine, charOffset: span.start, charLength: span.end - span.start } : { startLine };
  return {
    ruleId: rule.id,
    ruleIndex: rules.indexOf(rule),
    level: LEVELS[severity],
    message: { text: fixture ? `${message} (${fixture})` : message },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(artifact.replaceAll("\\", "/")) }, region } }],
    partialFingerprints: { "halter/v1": `${report.fingerprint.slice(0, 16)}:${rule.id}:${fixture ?? ""}` },
    ...(suppressed !== undefined && { suppressions: [{ kind: "external", justification: suppressed }] }),
  };
}
