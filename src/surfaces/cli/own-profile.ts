import type { OwnProfile } from "../../agent/index.ts";
import { parserSpecs } from "../../parsers/index.ts";
import { HalterError } from "../../types/error.ts";
import { parserSpecSchema } from "../../types/parser-spec.ts";
import { modelProfileSchema } from "../../types/profile.ts";
import { familyHint } from "./parse/families.ts";
import { readJsonFile } from "./parse/read-file.ts";

const HINT =
  "a parser spec, as `halter template learn --out FILE` writes it, or keys of a profile of the folder models/";

/** Reads what `--profile` names: a profile, some keys of one, or a parser spec alone. Throws `usage` where it is none of them. */
export async function readOwnProfile(file: string): Promise<OwnProfile> {
  const value = await readJsonFile(file, HINT);
  const isSpec = typeof value === "object" && value !== null && "calls" in value;
  const read = isSpec ? parserSpecSchema.safeParse(value) : modelProfileSchema.partial().strict().safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join(".") || "the file";
    throw new HalterError("usage", `${file}: ${where}: ${issue?.message}`, { hint: HINT });
  }
  const profile: OwnProfile = "calls" in read.data ? { parser: read.data } : read.data;
  const { parser } = profile;
  if (typeof parser === "string" && !Object.hasOwn(parserSpecs, parser)) {
    throw new HalterError("usage", `${file}: there is no family ${parser}`, {
      hint: familyHint(parser),
    });
  }
  return profile;
}
