import { text as readAll } from "node:stream/consumers";
import { createParser, parserSpecs, resolveCall } from "../../../parsers/index.ts";
import { createTools } from "../../../tools/index.ts";
import { HalterError } from "../../../types/error.ts";
import type { Settings } from "../settings.ts";
import { chooseByFlags } from "./choose-family.ts";
import type { ParseFlags } from "./flags.ts";
import { readText } from "./read-file.ts";
import { readTools } from "./read-tools.ts";
import { jsonLine, type Shown, type ShowOptions, showLines } from "./show.ts";

/** Parses a model's text and prints what came of it; which family it was read as goes to stderr. Throws `usage`. With `families` lists those. */
export async function runParse(settings: Settings, file: string | undefined, flags: ParseFlags): Promise<void> {
  if (flags.families) {
    process.stdout.write(
      Object.keys(parserSpecs)
        .map((id) => `${id}\n`)
        .join(""),
    );
    return;
  }
  const { spec, reason } = await chooseByFlags(settings, flags);
  const tools = flags.tools === undefined ? createTools().map((tool) => tool.spec) : await readTools(flags.tools);
  const text = await readInput(file);
  let calls = 0;
  const thinkingOpen = flags.thinkingOpen === true;
  const parser = createParser(spec, { tools, thinkingOpen, newId: () => `call_${++calls}` });
  const shown = [...parser.push(text), ...parser.end()].map(
    (event): Shown => (event.type === "tool_call" ? { event, resolved: resolveCall(event.call, tools) } : { event }),
  );
  const how: ShowOptions = { text, spec, explain: flags.explain === true, color: settings.color.stdout };
  if (!flags.json) process.stderr.write(`read as ${spec.id}: ${reason}\n`);
  const lines = flags.json ? shown.map((one) => jsonLine(one, how)) : showLines(shown, how);
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}

async function readInput(file: string | undefined): Promise<string> {
  if (file !== undefined && file !== "-") return readText(file, "name a file of the model's raw text, or pipe it in");
  if (file === undefined && process.stdin.isTTY) {
    throw new HalterError("usage", "there is nothing to parse", { hint: "halter parse FILE, or pipe the text in" });
  }
  return readAll(process.stdin);
}
