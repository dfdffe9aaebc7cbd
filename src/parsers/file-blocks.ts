import type { Span } from "../types/index.ts";

/** A whole file that a model wrote into its answer: the path near a code fence, and the text inside. */
export interface FileBlock {
  readonly path: string;
  readonly content: string;
  /** From the line with the path to the end of the fence. */
  readonly span: Span;
  /** The text stands for more than it shows: `// ... rest of the code`. */
  readonly isPartial: boolean;
}

// In each of these patterns no two repeats that touch share a character: on a line that does not match both would be tried in every split.
const FENCE = /^[ \t]*(`{3,}|~{3,}(?!~))([^\n`]*)$/;
/** All that a path may consist of. */
const PATH_LIKE = /[\w@.+/-]+/g;
/** The part of it that ends as names of files do. */
const PATH = /^.*(?:\.\w+|\b(?:Makefile|Dockerfile)\b)/;
/** A comment that is only a path, as models put it on the first line of a block; white space around it taken away. */
const PATH_COMMENT = /^(?:\/\/|#|--|<!--|\/\*)\s*(?:file(?:name)?:\s*)?([\w@.+/-]+\.\w+)\s*(?:-->|\*\/)?$/i;
const ELISION =
  /^[ \t]*(?:(?:\/\/|#|--|\/\*|<!--)[ \t]*)?\.{3}|^[ \t]*(?:\/\/|#|--|\/\*).*\b(?:rest of|existing code|unchanged|remaining|entire file)\b/im;
/** Fences of these languages hold commands or output, never a file. */
const NOT_A_FILE = new Set(["sh", "bash", "shell", "console", "diff", "text", "output", "plaintext"]);

/** What has to be known of the workspace to tell a file from shown code. */
export interface KnownFiles {
  /** Whether a path is a file of the workspace. */
  has(path: string): boolean;
  /** Texts of files that the model has seen, by path; a block that names no path is the file that it has most lines of. */
  readonly texts: ReadonlyMap<string, string>;
}

/** A block without a path has to share this part of its lines with a file to be taken for it. */
const LIKE = 0.4;

/**
 * The files an answer offers as whole: a code fence whose info string, first line (a comment) or last line before names a path, or whose
 * lines are mostly those of one file. A new path counts only where it stands alone on its line. Unclosed fences are left out. Of several
 * blocks for one path the last counts. Linear in the text.
 */
export function findFileBlocks(text: string, known: KnownFiles): FileBlock[] {
  const blocks = new Map<string, FileBlock>();
  let intro = { text: "", start: 0 };
  let open: { fence: string; info: string; start: number; intro: typeof intro } | undefined;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const fence = FENCE.exec(line);
    if (open && fence && fence[1]!.startsWith(open.fence) && fence[2]!.trim() === "") {
      const block = readBlock(text, open, at, end, known);
      if (block) blocks.set(block.path, block);
      open = undefined;
      intro = { text: "", start: end };
    } else if (!open && fence) {
      open = { fence: fence[1]!, info: fence[2]!.trim(), start: Math.min(end + 1, text.length), intro };
    } else if (!open && line.trim() !== "") {
      intro = { text: line, start: at };
    }
    at = end + 1;
  }
  return [...blocks.values()];
}

function readBlock(
  text: string,
  open: { info: string; start: number; intro: { text: string; start: number } },
  bodyEnd: number,
  end: number,
  known: KnownFiles,
): FileBlock | undefined {
  const knows = (path: string): boolean => known.has(path);
  const body = text.slice(open.start, bodyEnd);
  const firstLine = body.slice(0, Math.max(0, body.indexOf("\n")));
  const commented = PATH_COMMENT.exec(firstLine.trim())?.[1];
  const path =
    pathOf(open.info, knows) ??
    introPath(open.intro.text, knows) ??
    (commented && knows(commented) ? commented : undefined) ??
    mostAlike(body, known.texts);
  if (!path || body.trim() === "") return undefined;
  if (NOT_A_FILE.has(open.info.toLowerCase()) && !/\.(sh|bash|txt|diff)$/.test(path)) return undefined;
  const content = commented === path ? body.slice(firstLine.length + 1) : body;
  return { path, content, span: { start: open.intro.start, end }, isPartial: ELISION.test(content) };
}

/** What may be paths in a line. */
function pathsIn(line: string): string[] {
  return (line.match(PATH_LIKE) ?? []).flatMap((run) => PATH.exec(run)?.[0] ?? []);
}

/** A known path in the words after the fence's marks. */
function pathOf(info: string, knows: (path: string) => boolean): string | undefined {
  return pathsIn(info).find((path) => knows(path));
}

/** The only known path of a line, or whatever path the line consists of. */
function introPath(line: string, knows: (path: string) => boolean): string | undefined {
  const found = [...new Set(pathsIn(line))];
  const alone = line.replaceAll(/[*`#:"']|^\s*(?:\d+\.|-)\s|\b(?:file(?:name)?|path)\b:?/gi, "").trim();
  if (found.length === 1 && alone === found[0]) return found[0];
  const known = found.filter((path) => knows(path));
  return known.length === 1 ? known[0] : undefined;
}

/** The one file that most of the block's lines stand in. */
function mostAlike(body: string, texts: ReadonlyMap<string, string>): string | undefined {
  const lines = linesOf(body);
  if (lines.length < 2) return undefined;
  const shares = [...texts].map(([path, text]) => {
    const theirs = new Set(linesOf(text));
    return { path, share: lines.filter((line) => theirs.has(line)).length / lines.length };
  });
  shares.sort((a, b) => b.share - a.share);
  const [best, second] = shares;
  return best && best.share >= LIKE && best.share > (second?.share ?? 0) ? best.path : undefined;
}

/** Lines that tell files apart: longer than a brace. */
function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length > 3);
}
