import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CORPORA } from "../../bench/support/corpora.ts";
import { loadProfiles, matchProfile } from "../../src/profiles/index.ts";
import {
  type CompiledTemplate,
  compileTemplate,
  equalButForDate,
  type RenderInput,
  render,
} from "../../src/templates/index.ts";
import { HalterError } from "../../src/types/index.ts";
import { describeCorpora } from "../support/corpora.ts";
import { CONVERSATIONS, type Conversation } from "../support/template-conversations.ts";
import {
  cachedModel,
  startTemplateEngine,
  type TemplateEngine,
  templateEngineCommand,
} from "../support/template-engine.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

/** Corpus templates and the parser their family must be given. */
const FAMILIES: readonly (readonly [file: string, parser: string])[] = [
  ["Qwen-Qwen2.5-7B-Instruct.jinja", "hermes-json"],
  ["Qwen-Qwen3-0.6B.jinja", "hermes-json"],
  ["Qwen3-Coder.jinja", "qwen3-coder-xml"],
  ["Qwen3.5-4B.jinja", "qwen3-coder-xml"],
  ["GLM-4.6.jinja", "glm-xml"],
  ["GLM-4.7-Flash.jinja", "glm-xml"],
  ["openai-gpt-oss-120b.jinja", "harmony"],
  ["NVIDIA-Nemotron-3-Nano-30B-A3B-BF16.jinja", "qwen3-coder-xml"],
  ["StepFun3.5-Flash.jinja", "qwen3-coder-xml"],
  ["Qwen-QwQ-32B.jinja", "hermes-json"],
  ["ollama-automap-qwen3-next-80b.jinja", "hermes-json"],
  ["ollama-automap-qwen3-coder-30b.jinja", "qwen3-coder-xml"],
  ["Qwen3.6-35B-A3B-upstream.jinja", "qwen3-coder-xml"],
  ["ollama-qwen38.jinja", "qwen3-coder-xml"],
  ["hfjs-zai-org-GLM-5.1.jinja", "glm-xml"],
  ["ollama-nemotron3nano.jinja", "qwen3-coder-xml"],
  ["ollama-nemotron35.jinja", "qwen3-coder-xml"],
];

const REFUSED = "(the template refuses)";

const command = await templateEngineCommand();
const coder = typeof command === "string" ? undefined : await cachedModel("qwen2.5-coder-1.5b");
const folder = mkdtempSync(path.join(tmpdir(), "halter-apply-"));
const tiny = path.join(folder, "tiny.gguf");
writeTinyGguf(tiny);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("our render equals /apply-template", () => {
  it("of the model Qwen2.5-Coder 1.5B", async ({ skip }) => {
    if (typeof command === "string") return skip(command);
    if (!coder) return skip("the model qwen2.5-coder-1.5b is not in the cache");
    await compare(command, ["-m", coder], "hermes-json");
  }, 60_000);
});

describeCorpora("our render equals /apply-template, over the corpus", () => {
  it.for(FAMILIES)("of %s", { timeout: 60_000 }, async ([file, parser], { skip }) => {
    if (typeof command === "string") return skip(command);
    const template = path.join(CORPORA.templates, file);
    await compare(command, ["-m", tiny, "--chat-template-file", template], parser);
  });
});

async function compare(program: readonly string[], flags: readonly string[], parser: string): Promise<void> {
  const engine = await startTemplateEngine(program, flags);
  try {
    const props = await engine.get("/props");
    const chatTemplate = String(props.chat_template);
    const template = await compileTemplate(chatTemplate);
    expect(matchProfile(loadProfiles(), { chatTemplate }).profile.parser).toBe(parser);
    for (const conversation of CONVERSATIONS) {
      const theirs = await applied(engine, conversation);
      const input = {
        prompt: conversation.prompt,
        now: new Date(),
        bosToken: String(props.bos_token),
        eosToken: String(props.eos_token),
      };
      const caps = props.chat_template_caps as Record<string, boolean>;
      expectSame(conversation.name, attempt(template, { ...input, caps }), theirs);
      expectSame(`${conversation.name}, own probes`, attempt(template, input), theirs);
    }
  } finally {
    await engine.stop();
  }
}

/** Our render, or REFUSED where the template raises. */
function attempt(template: CompiledTemplate, input: RenderInput): string {
  try {
    return render(template, input).text;
  } catch (error) {
    if (error instanceof HalterError && error.data.raised === true) return REFUSED;
    throw error;
  }
}

function expectSame(name: string, ours: string, theirs: string): void {
  if (!equalButForDate(ours, theirs)) expect(ours, name).toBe(theirs);
}

/** The server's render, or REFUSED where the template raises there. */
async function applied(engine: TemplateEngine, { name, prompt }: Conversation): Promise<string> {
  const answer = await engine.post("/apply-template", {
    messages: prompt.messages,
    ...(prompt.tools.length > 0 && { tools: prompt.tools.map((tool) => ({ type: "function", function: tool })) }),
    chat_template_kwargs: prompt.kwargs,
  });
  if (JSON.stringify(answer.error)?.includes("Jinja Exception")) return REFUSED;
  expect(answer, name).toHaveProperty("prompt");
  return String(answer.prompt);
}
