/**
 * A line for the model when a change leaves a `.json` file that does not parse, with the parser's words and the place;
 * empty when there is nothing to say. A file that had comments before is of a dialect that allows them: not judged.
 */
export function syntaxWarning(name: string, before: string | undefined, after: string): string {
  if (!name.toLowerCase().endsWith(".json")) return "";
  const problem = jsonProblem(after);
  if (problem === undefined) return "";
  if (before !== undefined && COMMENT.test(before) && jsonProblem(before) !== undefined) return "";
  return `\nwarning: ${name} is not valid JSON: ${problem}`;
}

const COMMENT = /^\s*\/[/*]/m;

function jsonProblem(text: string): string | undefined {
  const problem = parserWords(text);
  if (problem === undefined || /\(line \d+ column \d+\)$/.test(problem)) return problem;
  // The parser quotes the text around an unexpected character instead of saying where it is.
  const place = isUnexpected(problem) ? unexpectedAt(text) : text.length;
  const lines = text.slice(0, place).split("\n");
  const words = problem.replace(/, (?:\.{3})?".*$/s, "");
  return `${words} (line ${lines.length} column ${lines.at(-1)!.length + 1})`;
}

function parserWords(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

function isUnexpected(problem: string | undefined): boolean {
  return problem?.startsWith("Unexpected token") ?? false;
}

/** The offset of the unexpected character: the last one of the shortest beginning that the parser calls so. */
function unexpectedAt(text: string): number {
  let fine = 0;
  let bad = text.length;
  while (bad - fine > 1) {
    const middle = Math.floor((fine + bad) / 2);
    if (isUnexpected(parserWords(text.slice(0, middle)))) bad = middle;
    else fine = middle;
  }
  return bad - 1;
}
