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

const TEMPLATE = "{{ bos_token }}{% for message in messages %}[{{ message.role }}]{{ message.content }}{% endfor %}";

const MESSAGES: readonly Message[] = [
  { role: "user", content: "Hi" },
  { role: "assistant", content: "Hello" },
  { role: "user", content: "Bye" },
];

it.for([true, false])(
  "renders as a server whose tokenizer adds a begin token: %s",
  { timeout: 60_000 },
  async (addBos, { skip }) => {
    const command = await templateEngineCommand();
    if (typeof command === "string") return skip(command);
    const folder = mkdtempSync(path.join(tmpdir(), "halter-begin-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const model = path.join(folder, "tiny.gguf");
    writeTinyGguf(model, { addBos, chatTemplate: TEMPLATE });
    const engine = await startTemplateEngine(command, ["-m", model]);
    onTestFinished(() => engine.stop());
    const backend = await discover({ baseUrl: engine.baseUrl, now: Date.now });
    onTestFinished(() => backend.close());
    const { profile, family } = await knowModel(backend);
    const setup = { backend, profile, family, specs: [], wire: "auto" as const, createdAt: Date.now() };
    const wire = await chooseWire(setup, MESSAGES);
    expect(wire).toMatchObject({ wire: "raw", reason: "our render equals the server's" });
    const { input } = await wire.input(MESSAGES);
    expect(input.type === "raw" && input.prompt.startsWith("<s>")).toBe(!addBos);
  },
);
