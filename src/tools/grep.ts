import type { ToolContext } from "../types/index.ts";
import { meantGlob } from "./candidates.ts";
import { mistake, objectSchema, type ToolDefinition } from "./definition.ts";
import { capOutput } from "./output.ts";
import { type Place, resolvePlace } from "./paths.ts";
import { hiddenGlobs, type RipgrepAnswer, ripgrep } from "./ripgrep.ts";

interface GrepInput {
  readonly pattern: string;
  readonly path?: string;
  readonly glob?: string;
}

/** Longer lines are cut, in characters; minified files would fill the answer. */
const LONGEST_LINE = "300";

/** Ways to take a pattern, tried until one finds something, with what the model is told of it. */
const ATTEMPTS: readonly { readonly flags: readonly string[]; readonly note: string }[] = [
  { flags: [], note: "" },
  { flags: ["--fixed-strings"], note: "[taken as plain text, not as a regular expression]\n" },
  { flags: ["--fixed-strings", "--ignore-case"], note: "[found only when upper and lower case count as the same]\n" },
];

/** Searches the text of files; lines come with their numbers under the name of their file. */
export const grep: ToolDefinition = {
  name: "grep",
  readOnly: true,
  parameters: objectSchema({ pattern: { type: "string" }, path: { type: "string" }, glob: { type: "string" } }, [
    "pattern",
  ]),
  async run(input, context) {
    const wanted = input as unknown as GrepInput;
    if (wanted.pattern === "") return mistake("The pattern is empty.");
    const place = await resolvePlace(wanted.path ?? ".", context);
    if (typeof place === "string") return mistake(place);
    if (place.kind === "missing") return mistake(`There is no "${wanted.path}".`);
    const glob = wanted.glob?.replace(/^\.?\//, "");
    const meant = glob === undefined ? wanted : { ...wanted, glob: await meantGlob(glob, context) };
    let failure: string | undefined;
    for (const { flags, note } of ATTEMPTS) {
      const answer = await search(meant, place, flags, context);
      failure = answer.code === 2 ? answer.problem.trim() : undefined;
      if (answer.lines.length === 0) continue;
      const matches = answer.lines.filter((line) => /^\d+:/.test(line)).length;
      const text = `${note}${matches} matching lines\n${answer.lines.join("\n")}`;
      return { ...capOutput(text, context.outputLimit, "use path, glob or a narrower pattern"), isError: false };
    }
    if (failure) return mistake(`The search failed: ${failure.slice(0, 300)}`);
    const rest = failure === "" ? " Some files or folders cannot be read." : "";
    return { text: `No match for "${wanted.pattern}".${rest}`, isError: false };
  },
};

async function search(
  { pattern, glob }: GrepInput,
  place: Place,
  flags: readonly string[],
  context: ToolContext,
): Promise<RipgrepAnswer> {
  const shape = ["--line-number", "--heading", "--max-columns", LONGEST_LINE, "--max-columns-preview"];
  // With it `$` stands before `\r\n` too, but a pattern that names the `\r` itself is refused.
  const lineEnds = /\r|\\r|\\x0d/i.test(pattern) ? [] : ["--crlf"];
  const only = glob === undefined ? [] : ["--glob", glob];
  const answer = await ripgrep(
    [
      ...shape,
      ...lineEnds,
      "--with-filename",
      ...flags,
      ...only,
      ...hiddenGlobs(context, `${place.relative} ${glob}`),
      `--regexp=${pattern}`,
      "--",
      place.relative,
    ],
    context,
  );
  return { ...answer, lines: answer.lines.map((line) => line.replace(/^\.\//, "")) };
}
