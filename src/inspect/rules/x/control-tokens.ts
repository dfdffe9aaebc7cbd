import { conversations } from "../conversations.ts";
import { textOf } from "../differences.ts";
import type { Finding, Subject } from "../rule.ts";
import type { TextPlace } from "./texts.ts";

/** What looks like a marker. */
const MARKERS = /<[|｜]?[^<>\s]{1,40}>|\[\/?[A-Z_]{2,30}\]/g;
/** A server is asked for so many at most. */
const MOST = 40;

const known = new WeakMap<Subject, Promise<readonly string[]>>();

/** Markers in the template's prompts that become one token of their own when they stand in text. */
export function controlTokens(subject: Subject): Promise<readonly string[]> {
  let tokens = known.get(subject);
  if (!tokens) {
    tokens = findTokens(subject);
    known.set(subject, tokens);
  }
  return tokens;
}

async function findTokens(subject: Subject): Promise<readonly string[]> {
  const { bosToken, eosToken, source } = subject;
  const prompts = [conversations.toolsWithSystem, conversations.called].map((each) => textOf(subject.render(each)));
  const texts = new Set([bosToken, eosToken, ...[...prompts, source].flatMap((text) => text.match(MARKERS) ?? [])]);
  const tokens: string[] = [];
  for (const text of [...texts].slice(0, MOST)) if (text !== "" && (await isToken(subject, text))) tokens.push(text);
  return tokens;
}

/** By the tokenizer, or else by the kind of token in the file; user-defined tokens are matched in any text too. */
async function isToken({ tokenizer, gguf }: Subject, text: string): Promise<boolean> {
  if (!tokenizer) return ["control", "user_defined"].includes(gguf?.tokenKind(text) ?? "normal");
  return (await tokenizer.tokenize(text, true)).length === 1;
}

/** Which of them reach the prompt unchanged from this place. */
export async function smuggled(subject: Subject, { name, holding }: TextPlace): Promise<readonly Finding[]> {
  const tokens = await controlTokens(subject);
  const through = tokens.filter((token) => {
    const text = `BEFOREZQ ${token} AFTERZQ`;
    return textOf(subject.render(holding(text))).includes(text);
  });
  if (through.length === 0) return [];
  const message = `${through.slice(0, 8).join(" ")} in ${name} become control tokens where the server tokenises the prompt`;
  return [{ message, fixture: `markers in ${name}` }];
}
