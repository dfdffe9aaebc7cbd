import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { CORPORA, corpusTemplates } from "../../bench/support/corpora.ts";
import { chooseFamily, knowModel } from "../../src/agent/family.ts";
import { chooseWire } from "../../src/agent/index.ts";
import { discover } from "../../src/backends/index.ts";
import { assembleSystem, systemSections } from "../../src/context/index.ts";
import { unknownSpec } from "../../src/parsers/index.ts";
import { loadProfiles, matchProfile } from "../../src/profiles/index.ts";
import { createTools } from "../../src/tools/index.ts";
import { HalterError, type Message } from "../../src/types/index.ts";
import { templateEngineCommand } from "../support/template-engine.ts";
import { startTemplateServers } from "../support/template-servers.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

const specs = createTools().map((tool) => tool.spec);
const MESSAGES: readonly Message[] = [
  { role: "system", content: assembleSystem(systemSections({ instructions: [] })) },
  { role: "user", content: "npm test fails: find out why and mend it." },
];

/** What became of a corpus template on the embedded engine. */
interface Choice {
  readonly file: string;
  readonly family: string;
  readonly wire: string;
  readonly isSafe: boolean;
}

/** The engine itself fails on these with such messages and tools: a parameter without properties, a template without a system role. */
const REFUSED = ["vllm-tool_chat_template_granite_20b_fc.jinja", "hfjs-ai21labs-AI21-Jamba-Large-1.6.jinja"];

it("is raw, with prompts as token ids, for every family that has a parser", { timeout: 300_000 }, async ({ skip }) => {
  const command = await templateEngineCommand();
  if (typeof command === "string") return skip(command);
  const corpus = corpusTemplates();
  if (!corpus) return skip("the corpora are absent");
  const folder = mkdtempSync(path.join(tmpdir(), "halter-wire-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const model = path.join(folder, "tiny.gguf");
  writeTinyGguf(model);
  const servers = startTemplateServers(command, model);
  onTestFinished(() => servers.stop());

  const choices: Choice[] = [];
  const refused: string[] = [];
  for (const { file, source } of corpus) {
    const { spec } = await chooseFamily(matchProfile(loadProfiles(), { chatTemplate: source }), {
      chatTemplate: source,
    });
    if (spec === unknownSpec) continue;
    const server = await servers.serve(path.join(CORPORA.templates, file));
    if (!server) continue;
    try {
      choices.push({ file, ...(await choose(server.baseUrl)) });
    } catch (error) {
      if (!(error instanceof HalterError) || error.code !== "template_failed") throw error;
      refused.push(file);
    }
  }
  const families = new Set(choices.map(({ family }) => family));
  console.log(`wire auto: raw for ${families.size} families, ${choices.length} templates`);
  expect(families.size).toBeGreaterThan(30);
  expect(choices.filter(({ wire, isSafe }) => wire !== "raw" || !isSafe)).toEqual([]);
  expect(refused).toEqual(REFUSED);
});

async function choose(baseUrl: string): Promise<Omit<Choice, "file">> {
  const backend = await discover({ baseUrl, now: Date.now });
  try {
    const { profile, family } = await knowModel(backend);
    const setup = { backend, profile, family, specs, wire: "auto" as const, createdAt: Date.now() };
    const { wire, safety } = await chooseWire(setup, MESSAGES);
    return { family: family.id, wire, isSafe: safety.isSafe };
  } finally {
    await backend.close();
  }
}
