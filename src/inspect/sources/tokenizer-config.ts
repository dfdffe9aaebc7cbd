import { readdir } from "node:fs/promises";
import path from "node:path";
import { HalterError } from "../../types/index.ts";
import { readIfThere, readTextFile } from "./files.ts";
import type { TemplateSource } from "./source.ts";

const CONFIG = "tokenizer_config.json";
const TEMPLATE = "chat_template.jinja";
const FURTHER = "additional_chat_templates";

type Templates = Readonly<Record<string, string>>;

/** A template of its own; the tokens are those of a tokenizer_config.json beside it. Throws `usage`. */
export async function readJinjaFile(file: string): Promise<TemplateSource> {
  const source = await readTextFile(file);
  const folder = path.dirname(file);
  const config = await readIfThere(path.join(folder, CONFIG));
  const tokens = config === undefined ? NO_TOKENS : tokensOf(objectOf(config));
  const siblings = path.basename(file) === TEMPLATE ? await furtherTemplates(folder) : {};
  return { name: path.basename(file), source, ...tokens, siblings, notes: [] };
}

/**
 * The configuration of a tokenizer, as transformers reads it: `chat_template` is a text or a list of named ones; a
 * chat_template.jinja beside it comes first. Throws `usage`.
 */
export async function readTokenizerConfig(file: string): Promise<TemplateSource> {
  const config = objectOf(await readTextFile(file));
  if (config === undefined) throw new HalterError("usage", `${file} is no JSON object`, { hint: `give a ${CONFIG}` });
  const folder = path.dirname(file);
  const name = `${path.basename(path.resolve(folder))}/${path.basename(file)}`;
  const named = namedTemplates(config.chat_template);
  const own = await readIfThere(path.join(folder, TEMPLATE));
  const all = { ...named, ...(own !== undefined && { default: own }), ...(await furtherTemplates(folder)) };
  const { default: source = Object.values(all)[0] ?? "", ...siblings } = all;
  const isOverruled = own !== undefined && named.default !== undefined && named.default !== own;
  return {
    name,
    source,
    ...tokensOf(config),
    siblings,
    notes: isOverruled ? [`the template is that of ${TEMPLATE} beside it; the one inside ${CONFIG} differs`] : [],
  };
}

/** A folder of a model as it is published. Throws `usage` where neither file is there. */
export async function readModelFolder(folder: string): Promise<TemplateSource> {
  if ((await readIfThere(path.join(folder, CONFIG))) !== undefined)
    return readTokenizerConfig(path.join(folder, CONFIG));
  if ((await readIfThere(path.join(folder, TEMPLATE))) !== undefined) return readJinjaFile(path.join(folder, TEMPLATE));
  throw new HalterError("usage", `${folder} holds neither ${CONFIG} nor ${TEMPLATE}`, { hint: "name one file in it" });
}

const NO_TOKENS = { bosToken: undefined, eosToken: undefined } as const;

function tokensOf(
  config: Readonly<Record<string, unknown>> | undefined,
): Pick<TemplateSource, "bosToken" | "eosToken"> {
  return { bosToken: tokenText(config?.bos_token), eosToken: tokenText(config?.eos_token) };
}

/** A token is its text, or an object that holds it as `content`. */
function tokenText(token: unknown): string | undefined {
  if (typeof token === "string") return token;
  const content = (token as { readonly content?: unknown } | null | undefined)?.content;
  return typeof content === "string" ? content : undefined;
}

function namedTemplates(value: unknown): Templates {
  if (typeof value === "string") return { default: value };
  if (!Array.isArray(value)) return {};
  return Object.fromEntries(
    (value as readonly Readonly<Record<string, unknown>>[]).flatMap(({ name, template }) =>
      typeof name === "string" && typeof template === "string" ? [[name, template]] : [],
    ),
  );
}

/** Named templates that transformers keeps as files of their own. */
async function furtherTemplates(folder: string): Promise<Templates> {
  const files = await readdir(path.join(folder, FURTHER)).catch(() => []);
  const found = files.filter((file) => file.endsWith(".jinja")).sort();
  const texts = await Promise.all(found.map((file) => readTextFile(path.join(folder, FURTHER, file))));
  return Object.fromEntries(found.map((file, index) => [path.basename(file, ".jinja"), texts[index]!]));
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
