/** A document taken out of what a model put around it as a whole. */
export interface Unwrapped {
  /** Stable name of the repair. */
  readonly name: "fenced" | "entities" | "doubled_escape";
  readonly inner: string;
}

/** The five entities of XML, and how HTML writers put quotes. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&apos;": "'",
  "&#39;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};

const ENTITY = new RegExp(Object.keys(ENTITIES).join("|"), "g");

/** How far into a document its first quote is looked for, in characters. */
const START = 80;

/**
 * What a document that is no JSON is when its fence, its entities or one layer of escapes is taken away; undefined where it
 * has none of them. Entities and escapes count only where they stand in place of the first quote: inside of texts they are the
 * model's own words.
 */
export function unwrap(text: string): Unwrapped | undefined {
  const fenced = /^\s*(?:`{3,16}|~{3,16})[\w-]*\s*(?=[[{])/.exec(text);
  if (fenced) {
    const rest = text.slice(fenced[0].length).trimEnd();
    return { name: "fenced", inner: rest.replace(/(?:`{3,16}|~{3,16})$/, "").trimEnd() };
  }
  const start = text.slice(0, START);
  if (/^\s*[[{][[{\s]*&(?:quot|#34);/.test(start)) {
    return { name: "entities", inner: text.replaceAll(ENTITY, (entity) => ENTITIES[entity] ?? entity) };
  }
  if (!/^\s*[[{](?:[[{\s]|\\n)*\\"/.test(start)) return undefined;
  const inner = unescaped(text);
  return inner === undefined ? undefined : { name: "doubled_escape", inner };
}

/** The text with one layer of JSON escapes taken away; undefined where it has escapes that JSON does not know. */
function unescaped(text: string): string | undefined {
  try {
    return JSON.parse(`"${text.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`) as string;
  } catch {
    return undefined;
  }
}
