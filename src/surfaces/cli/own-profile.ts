import type { OwnProfile } from "../../agent/index.ts";
import { parserSpecs } from "../../parsers/index.ts";
import { HalterError } from "../../types/error.ts";
import { parserSpecSchema } from "../../types/parser-spec.ts";
import { modelProfileSchema } from "../../types/profile.ts";
import { familyHint } from "./parse/families.ts";
import { readJsonFile } from "./parse/read-file.ts";

const HINT =
  "a parser spec, as `halter template learn --out FILE` writes it, or keys of a profile of the folder models/";

type Issue = NonNullable<ReturnType<typeof parserSpecSchema.safeParse>["error"]>["issues"][number];

/** Where a value fits none of several forms, what is wrong in the form that it comes nearest to. */
function innermost(issue: Issue): Pick<Issue, "path" | "message"> {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors.flatMap(([first]) => (first ? [innermost(first)] : []));
  const nearest = inner.reduce<Pick<Issue, "path" | "message">>(
    (best, other) => (other.path.length > best.path.length ? other : best),
    { path: [], message: issue.message },
  );
  return { path: [...issue.path, ...nearest.path], message: nearest.message };
}

/** Reads what `--profile` names: a profile, some keys of one, or a parser spec alone. Throws `usage` where it is none of them. */
export async function readOwnProfile(file: string): Promise<OwnProfile> {
  const value = await readJsonFile(file, HINT);
  const isSpec = typeof value === "object" && value !== null && "calls" in value;
  const read = isSpec ? parserSpecSchema.safeParse(value) : modelProfileSchema.partial().strict().safeParse(value);
  if (!read.success) {
    const { path, message } = innermost(read.error.issues[0]!);
    throw new HalterError("usage", `${file}: ${path.join(".") || "the file"}: ${message}`, { hint: HINT });
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
