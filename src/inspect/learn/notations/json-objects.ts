/** A JSON object that stands in a text. */
export interface PlacedObject {
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
}

/** The outermost JSON objects of a text, in order; quotes as Python writes them count too. */
export function objectsIn(text: string): PlacedObject[] {
  const found: PlacedObject[] = [];
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", at)) {
    const end = objectEnd(text, at);
    const value = end === undefined ? undefined : parsed(text.slice(at, end));
    if (value !== undefined) found.push({ start: at, end: end!, value });
    at = value === undefined ? at + 1 : end!;
  }
  return found;
}

/** Where the braces that open at `start` are closed again; undefined where they are not. */
export function objectEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let quote = "";
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === "\\") at += 1;
      else if (character === quote) quote = "";
    } else if (character === '"') quote = character;
    else if (character === "{" || character === "(") depth += 1;
    else if (character === "}" || character === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

function parsed(text: string): unknown {
  for (const candidate of [text, text.replaceAll("'", '"')]) {
    try {
      return JSON.parse(candidate);
    } catch {}
  }
  return undefined;
}
