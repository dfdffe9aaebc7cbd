/** How often constants are put in for each other. */
const ROUNDS = 2;

/**
 * A template's source with its escaped quotes plain, and the texts that it keeps in variables put in where it joins them to others:
 * `'<' ~ token ~ 'invoke'` reads as it prints. Only for finding literals in.
 */
export function templateText(source: string): string {
  let text = source.replaceAll('\\"', '"').replaceAll(/\{\}(?=[^'"\n]*['"]\.format\()/g, "");
  for (let round = 0; round < ROUNDS; round++) {
    for (const [, name, , value] of text.matchAll(/\bset\s+(\w{3,})\s*=\s*(['"])([^'"\n]*[<>[\]|｜][^'"\n]*)\2/g)) {
      const joined = new RegExp(`(?:['"]\\s*[~+]\\s*)?\\b${name}\\b(?!\\s*=)(?:\\s*[~+]\\s*['"])?`, "g");
      text = text.replaceAll(joined, () => value!);
    }
  }
  return text;
}
