import type { Reported, Rule, RuleReport, Severity, Subject } from "../../../inspect/templates.ts";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  security: "error",
  warning: "warning",
  info: "note",
};

/** The findings as SARIF 2.1.0. `artifact` is the file as it was named on the command line. */
export function sarifLog(
  { findings, fingerprint }: RuleReport,
  { tree, artifact }: { readonly tree: Subject["tree"]; readonly artifact: string },
) {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "halter", rules: rules.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        results: findings.map((reported) =>
          result(reported, { rules, source: tree?.source ?? "", artifact, fingerprint }),
        ),
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
  place: {
    readonly rules: readonly Rule[];
    readonly source: string;
    readonly artifact: string;
    readonly fingerprint: string;
  },
) {
  const { fixture, message, span } = finding;
  const startLine = span ? place.source.slice(0, span.start).split("\n").length : 1;
  const region = span ? { startLine, charOffset: span.start, charLength: span.end - span.start } : { startLine };
  return {
    ruleId: rule.id,
    ruleIndex: place.rules.indexOf(rule),
    level: LEVELS[severity],
    message: { text: fixture ? `${message} (${fixture})` : message },
    locations: [
      { physicalLocation: { artifactLocation: { uri: encodeURI(place.artifact.replaceAll("\\", "/")) }, region } },
    ],
    partialFingerprints: { "halter/v1": `${place.fingerprint.slice(0, 16)}:${rule.id}:${fixture ?? ""}` },
    ...(suppressed !== undefined && { suppressions: [{ kind: "external", justification: suppressed }] }),
  };
}
