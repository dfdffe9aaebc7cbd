// The size of the fixed prompt: system message and tools as a template shows them, before the user's first word.
// usage: prompt.ts [--base-url URL | --model NAME] [--template FILE]
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { listWorkspace } from "../src/agent/environment.ts";
import { assembleSystem, systemSections } from "../src/context/index.ts";
import { connect } from "../src/surfaces/cli/connect.ts";
import { readSettings } from "../src/surfaces/cli/settings.ts";
import { compileTemplate } from "../src/templates/index.ts";
import { createTools } from "../src/tools/index.ts";
import { corpusTemplates } from "./support/corpora.ts";
import { root } from "./support/halter.ts";
import { LOOPBACK_TEMPLATE } from "./support/loopback-template.ts";
import { measureFixedPrompt } from "./support/prompt-parts.ts";
import { tableLines } from "./support/table.ts";

/** Characters of prompt text and JSON that make one token of Qwen's vocabulary, roughly. */
const CHARACTERS_PER_TOKEN = 3.8;

const { values } = parseArgs({
  options: { "base-url": { type: "string" }, model: { type: "string" }, template: { type: "string" } },
});
const connection = await findServer();
try {
  const server = connection?.backend;
  const { name, source } = await chooseTemplate(server?.info.chatTemplate);
  const countTokens = server?.countTokens?.bind(server);
  const demo = path.join(root, "fixtures", "demo", "repo");
  const { tokens, parts } = await measureFixedPrompt({
    template: await compileTemplate(source),
    // The names in the workspace stand with the first message of the user; their size is the same there.
    sections: [...systemSections({ instructions: [] }), { name: "files", text: await listWorkspace(demo) }],
    assemble: assembleSystem,
    tools: createTools().map((tool) => tool.spec),
    countTokens: countTokens ?? (async (text) => Math.round(text.length / CHARACTERS_PER_TOKEN)),
  });
  console.log(`${tokens} tokens${countTokens ? "" : " (estimate)"}`);
  const counter = countTokens
    ? `counted by ${server?.info.model}`
    : `no server found: ${CHARACTERS_PER_TOKEN} characters taken for a token`;
  console.log(`${name}, ${counter}, in the demo's repository`);
  const columns = [
    { title: "part", value: (part: (typeof parts)[number]) => part.name },
    { title: "tokens", value: (part: (typeof parts)[number]) => part.tokens },
  ];
  for (const line of tableLines(columns, parts)) console.log(line);
} finally {
  await connection?.backend.close();
  await connection?.release();
}

/** The server that was named; without a name the one that is found, or none. */
async function findServer() {
  const flags = {
    ...(values["base-url"] !== undefined && { baseUrl: values["base-url"] }),
    ...(values.model !== undefined && { model: values.model }),
  };
  const found = connect(readSettings(), flags, () => undefined);
  return Object.keys(flags).length > 0 ? found : found.catch(() => undefined);
}

/** The template of a file, else Qwen3's where the shared corpora are, else the server's, else our own in its notation. */
async function chooseTemplate(ofServer: string | undefined): Promise<{ name: string; source: string }> {
  const file = values.template;
  if (file !== undefined) return { name: `template ${path.basename(file)}`, source: await readFile(file, "utf8") };
  const qwen3 = corpusTemplates()?.find(({ name }) => name === "Qwen-Qwen3-0.6B");
  if (qwen3) return { name: `template ${qwen3.file}`, source: qwen3.source };
  if (ofServer !== undefined) return { name: "the server's template", source: ofServer };
  return { name: "a plain ChatML template", source: LOOPBACK_TEMPLATE };
}
