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
import { sarifLog } from "./sarif.ts";

/** Runs the rules over a template and prints what they find; resolves to the exit status. Throws `usage`. */
export async function runCheck(settings: Settings, place: string | undefined, flags: CheckFlags): Promise<number> {
  const suppressions = await suppressionsOf(flags.suppress);
  const reference = flags.reference === undefined ? undefined : await readPlace(settings, flags.reference);
  const tools = flags.tools === undefined ? undefined : await readTools(flags.tools);
  return withPlace(settings, place, flags, async (source) => {
    const checked = await check({ ...source, reference, tools }, source, suppressions);
    const { report } = checked;
    if (flags.sarif !== undefined) await writeSarif(flags.sarif, checked, place);
    const output = flags.json
      ? JSON.stringify(checkJson(checked))
      : checkLines(checked, { all: flags.all === true, color: settings.color.stdout }).join("\n");
    process.stdout.write(`${output}\n`);
    return report.findings.some(isError) ? 1 : 0;
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

async function writeSarif(file: string, checked: Checked, place: string | undefined): Promise<void> {
  const log = sarifLog(checked.report, { tree: checked.subject.tree, artifact: place ?? checked.source.name });
  await writeFile(file, `${JSON.stringify(log, null, 2)}\n`).catch((cause: NodeJS.ErrnoException) => {
    throw new HalterError("usage", `${file} cannot be written: ${cause.code}`, { hint: "--sarif FILE", cause });
  });
}
