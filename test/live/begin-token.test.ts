import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { knowModel } from "../../src/agent/family.ts";
import { chooseWire } from "../../src/agent/index.ts";
import { discover } from "../../src/backends/index.ts";
import type { Message } from "../../src/types/index.ts";
import { startTemplateEngine, templateEngineCommand } from "../support/template-engine.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

const TEMPLATE =
  "{{ bos_token }}{% for message in messages %}[{{ message.role }}]{{ message.content }}{{ eos_token }}{% endfor %}";

const MESSAGES: readonly Message[] = [
  { role: "user", content: "Hi" },
  { role: "assistant", content: "Hello" },
  { role: "user", content: "Bye" },
];

/** Ids of `<s>` and `</s>` in the tiny model. */
const BOS = 1;
const EOS = 2;

it.for([
  { addBos: false, addEos: false },
  { addBos: true, addEos: false },
  { addBos: false, addEos: true },
  { addBos: true, addEos: true },
])(
  "renders as a server whose tokenizer adds a begin token ($addBos), an end token ($addEos)",
  { timeout: 60_000 },
  async ({ addBos, addEos }, { skip }) => {
    const command = await templateEngineCommand();
    if (typeof command === "string") return skip(command);
    const folder = mkdtempSync(path.join(tmpdir(), "halter-begin-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const model = path.join(folder, "tiny.gguf");
    writeTinyGguf(model, { addBos, addEos, chatTemplate: TEMPLATE });
    const engine = await startTemplateEngine(command, ["-m", model]);
    onTestFinished(() => engine.stop());
    const backend = await discover({ baseUrl: engine.baseUrl, now: Date.now });
    onTestFinished(() => backend.close());
    const { profile, family } = await knowModel(backend);
    const setup = { backend, profile, family, specs: [], wire: "auto" as const, createdAt: Date.now() };
    const wire = await chooseWire(setup, MESSAGES);
    expect(wire).toMatchObject({ wire: "raw", reason: "our render equals the server's", safety: { isSafe: true } });
    const { input } = await wire.input(MESSAGES);
    if (input.type !== "raw" || !input.promptIds) throw new Error("the prompt goes as text");
    expect(input.prompt.startsWith("<s>")).toBe(!addBos);
    expect(input.prompt.endsWith("</s>")).toBe(!addEos);
    // One begin token, whoever writes it; the template's last end token is left out where the tokenizer would add one.
    expect(input.promptIds.filter((id) => id === BOS)).toEqual([input.promptIds[0]]);
    expect(input.promptIds.filter((id) => id === EOS)).toHaveLength(MESSAGES.length - (addEos ? 1 : 0));
  },
);
