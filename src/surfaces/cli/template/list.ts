import { loadKnownTemplates } from "../../../profiles/index.ts";
import { HalterError } from "../../../types/error.ts";

/** Prints the known templates, of one family or of all. Throws `usage` for a family that there is not. */
export function runList(family: string | undefined, flags: { readonly json?: boolean }): void {
  const all = Object.entries(loadKnownTemplates()).map(([fingerprint, known]) => ({ fingerprint, ...known }));
  const found = family === undefined ? all : all.filter((known) => known.family === family);
  if (found.length === 0) {
    const families = [...new Set(all.map((known) => known.family))].join(", ");
    throw new HalterError("usage", `no template of a family ${family} is known`, { hint: `families: ${families}` });
  }
  const width = Math.max(...found.map((known) => known.family.length));
  for (const known of found) {
    const { fingerprint, name, official, source } = known;
    const line = `${fingerprint.slice(0, 12)}  ${known.family.padEnd(width)}  ${official ? "official" : "        "}  ${name}  (${source})`;
    process.stdout.write(`${flags.json ? JSON.stringify(known) : line}\n`);
  }
}
