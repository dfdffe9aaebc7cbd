import { existsSync } from "node:fs";
import { type ChosenFamily, chooseFamily, type TemplateFacts } from "../../../agent/index.ts";
import { parserSpecs, unknownSpec } from "../../../parsers/index.ts";
import { loadProfiles, matchProfile } from "../../../profiles/index.ts";
import { HalterError, type ParserSpec } from "../../../types/index.ts";
import type { Settings } from "../settings.ts";
import { familyHint, SPEC_HINT } from "./families.ts";
import type { ParseFlags } from "./flags.ts";
import { readJsonFile } from "./read-file.ts";

/** Finds the family by the one flag that was given. Throws `usage` for several, a bad one, and a server that cannot be reached. */
export async function chooseByFlags(settings: Settings, flags: ParseFlags): Promise<ChosenFamily> {
  const given = (["family", "template", "server"] as const).filter((flag) => flags[flag] !== undefined);
  if (given.length > 1) {
    throw new HalterError("usage", `--${given.join(" and --")} do not go together`, { hint: "give one of them" });
  }
  if (flags.family !== undefined) return { spec: await familyNamed(flags.family), reason: "as --family says" };
  if (flags.template !== undefined) {
    const { readPlace } = await import("../template/open-place.ts");
    const { source, model, gguf } = await readPlace(settings, flags.template);
    return familyOf({ chatTemplate: source || undefined, model, architecture: gguf?.architecture });
  }
  if (flags.server !== undefined) return familyOfServer(settings, flags.server);
  return { spec: unknownSpec, reason: "no family was named: every notation is looked for" };
}

async function familyNamed(name: string): Promise<ParserSpec> {
  const known = Object.hasOwn(parserSpecs, name) ? parserSpecs[name] : undefined;
  if (known) return known;
  if (!existsSync(name)) throw new HalterError("usage", `there is no family ${name}`, { hint: familyHint(name) });
  const { parserSpecSchema } = await import("../../../types/parser-spec.ts");
  const value = await readJsonFile(name, SPEC_HINT);
  const spec = typeof value === "object" && value !== null && "parser" in value ? value.parser : value;
  if (typeof spec === "string") return familyNamed(spec);
  const read = parserSpecSchema.safeParse(spec);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") || "the file";
  throw new HalterError("usage", `${name} is no parser spec: ${where}: ${issue?.message}`, { hint: SPEC_HINT });
}

async function familyOf(facts: TemplateFacts & Parameters<typeof matchProfile>[1]): Promise<ChosenFamily> {
  const match = matchProfile(loadProfiles(), facts);
  const { learnFormat } = await import("../../../inspect/learn/format.ts");
  const { spec, reason } = await chooseFamily(match, facts, learnFormat);
  return { spec, reason: `${match.reason}; ${reason}` };
}

async function familyOfServer(settings: Settings, baseUrl: string): Promise<ChosenFamily> {
  const { connectToServer } = await import("../connect.ts");
  const backend = await connectToServer(settings, baseUrl);
  try {
    return await familyOf(backend.info);
  } finally {
    await backend.close();
  }
}
