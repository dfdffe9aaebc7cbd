import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./halter.ts";

const folder = path.join(process.env.HALTER_SHARED ?? path.join(root, "..", "shared"), "corpora");

/** Folders of the corpora that lie beside this checkout, or where `HALTER_SHARED` says; they need not be there. */
export const CORPORA = {
  /** `.jinja` files and their `index.json`. */
  templates: path.join(folder, "templates"),
  /** What engines make of each template: `x.json` belongs to `x.jinja`. */
  goldens: path.join(folder, "template-goldens"),
  /** Models' raw texts and what they say, as JSON lines. */
  toolCalls: path.join(folder, "tool-calls"),
} as const;

/** A template of the corpus; a token is empty where the index has none. */
export interface CorpusTemplate {
  readonly name: string;
  /** Name of its file in the folder: the name and `.jinja`. */
  readonly file: string;
  readonly family: string;
  readonly source: string;
  readonly bosToken: string;
  readonly eosToken: string;
}

interface Entry {
  readonly name: string;
  readonly file: string;
  readonly family: string;
  readonly bos_token: string | null;
  readonly eos_token: string | null;
}

/** The templates that a folder's `index.json` names, in its order; undefined where there is none. Throws for one that lacks its file. */
export function corpusTemplates(from: string = CORPORA.templates): readonly CorpusTemplate[] | undefined {
  const index = path.join(from, "index.json");
  if (!existsSync(index)) return undefined;
  const entries = JSON.parse(readFileSync(index, "utf8")) as Entry[];
  return entries.map(({ name, file, family, bos_token, eos_token }) => {
    const source = readFileSync(path.join(from, file), "utf8");
    return { name, file, family, source, bosToken: bos_token ?? "", eosToken: eos_token ?? "" };
  });
}
