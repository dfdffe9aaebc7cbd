/** True for a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The members of a JSON object as text, in order; a later one replaces an earlier one of the same name. `json` must be
 * valid JSON of an object.
 */
export function memberTexts(json: string): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let key: string | undefined;
  let start = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json.charAt(at);
    if (character === '"') {
      const end = stringEnd(json, at);
      if (depth === 1 && key === undefined) {
        key = JSON.parse(json.slice(at, end)) as string;
        start = json.indexOf(":", end) + 1;
        at = start - 1;
      } else at = end - 1;
      continue;
    }
    const closes = character === "}" || character === "]";
    if (depth === 1 && key !== undefined && (character === "," || closes)) {
      members.set(key, json.slice(start, at).trim());
      key = undefined;
    }
    if (character === "{" || character === "[") depth++;
    else if (closes) depth--;
  }
  return members;
}

/** Offset after the string literal that begins at `at`. */
function stringEnd(json: string, at: number): number {
  for (let end = at + 1; end < json.length; end++) {
    if (json[end] === "\\") end++;
    else if (json[end] === '"') return end + 1;
  }
  return json.length;
}
