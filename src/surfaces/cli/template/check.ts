import { writeFile } from "node:fs/promises";
import {
  createSubject,
  isError,
  readSuppressions,
  runRules,
  type TemplateSource,
  templateRules,
} from "../../../inspect/templates.ts";
import { loadKnownTemplates } from "../../../profiles/index.ts";
import { HalterError } from "../../../types/error.ts";
import { readText } from "../parse/read-file.ts";
import type { Settings } from "../settings.ts";
import { type Checked, checkJson, checkLines } from "./check-text.ts";
import type { CheckFlags } from "./flags.ts";
import { readPlace, withPlace } from "./open-place.ts";
import { readTools } from "./read-input.ts";
import { type SarifInput, sarifLog } from "./sarif.ts";

/**
 * Runs the rules over templates, or over that of a server alone, and prints what they find; resolves to the exit status. Throws `usage`,
 * of several places after the others were looked at.
 */
export async function runCheck(settings: Settings, places: readonly string[], flags: CheckFlags): Promise<number> {
  const suppressions = await suppressionsOf(flags.suppress);
  const reference = flags.reference === undefined ? undefined : await readPlace(settings, flags.reference);
  const tools = flags.tools === undefined ? undefined : await readTools(flags.tools);
  const checks: SarifInput[] = [];
  // A file that cannot be written is said before the work, not after it.
  if (flags.sarif !== undefined) await writeSarif(flags.sarif, checks);
  const failures: HalterError[] = [];
  for (const place of places.length > 0 ? places : [undefined]) {
    try {
      const checked = await withPlace(settings, place, flags, (source) =>
        check({ ...source, reference, tools }, source, suppressions),
      );
      print(checked, checks.length > 0, flags, settings.color.stdout);
      const { report, subject } = checked;
      checks.push({ report, source: subject.source, artifact: place ?? checked.source.name });
    } catch (error) {
      if (!(error instanceof HalterError) || error.code !== "usage") throw error;
      failures.push(error);
    }
  }
  if (flags.sarif !== undefined) await writeSarif(flags.sarif, checks);
  if (failures.length > 0) throw joined(failures);
  return checks.some(({ report }) => report.findings.some(isError)) ? 1 : 0;
}

function print(checked: Checked, isFurther: boolean, { json, all = false }: CheckFlags, color: boolean): void {
  const output = json ? JSON.stringify(checkJson(checked)) : checkLines(checked, { all, color }).join("\n");
  process.stdout.write(`${isFurther && !json ? "\n" : ""}${output}\n`);
}

/** One error that says what each of several says. */
function joined([first, ...others]: readonly HalterError[]): HalterError {
  if (others.length === 0) return first!;
  const { message, hint } = first!;
  return new HalterError("usage", [message, ...others.map((error) => error.message)].join("\n"), {
    ...(hint !== undefined && { hint }),
  });
}

async function check(
  input: Parameters<typeof createSubject>[0],
  source: TemplateSource,
  suppressions: ReadonlyMap<string, string>,
): Promise<Checked> {
  const start = performance.now();
  const subject = await createSubject(input);
  const report = await runRules(templateRules, subject, { suppressions });
  const known = loadKnownTemplates()[report.fingerprint];
  return { source, subject, report, known, milliseconds: Math.round(performance.now() - start) };
}

async function suppressionsOf(file: string | undefined): Promise<ReadonlyMap<string, string>> {
  if (file === undefined) return new Map();
  return readSuppressions(await readText(file, "a file with a rule and its reason a line"), templateRules, file);
}

async function writeSarif(file: string, checks: readonly SarifInput[]): Promise<void> {
  await writeFile(file, `${JSON.stringify(sarifLog(checks), null, 2)}\n`).catch((cause: NodeJS.ErrnoException) => {
    throw new HalterError("usage", `${file} cannot be written: ${cause.code}`, { hint: "--sarif FILE", cause });
  });
}
