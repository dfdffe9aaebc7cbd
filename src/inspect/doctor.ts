import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { chooseWire, startThread } from "../agent/index.ts";
import { toMessages } from "../context/index.ts";
import { loadProfiles, matchProfile } from "../profiles/index.ts";
import type { Backend, ThreadEvent, Usage } from "../types/index.ts";
import type { Check } from "./check.ts";
import { checkTrial } from "./checks/inference.ts";
import { checkPrompt, checkSafety } from "./checks/prompt.ts";
import { checkServer } from "./checks/server.ts";
import { checkTemplate } from "./checks/template.ts";
import { learnFormat } from "./learn/format.ts";

/** A word that the model can only know by reading the file. */
const SECRET = "marmalade";
const QUESTION = "Read the file note.txt and say which word it holds.";

/**
 * Goes along the chain of a connected backend: server, template, prompt, inference; yields each finding as it is known. Runs one small
 * turn in a temporary folder; shell commands of the model run in the sandbox or not at all. Throws what the backend throws.
 */
export async function* examine(backend: Backend): AsyncGenerator<Check> {
  const { info } = backend;
  yield* checkServer(info);
  const workspace = await mkdtemp(path.join(os.tmpdir(), "halter-doctor-"));
  try {
    await writeFile(path.join(workspace, "note.txt"), `The word is ${SECRET}.\n`);
    const { setup, thread, familyReason } = await startThread({
      backend,
      workspace,
      learnFormat,
      limits: { maxSteps: 3, answerTokens: 400 },
      sampling: { temperature: 0 },
    });
    const messages = toMessages(setup.system, [
      { type: "user_message", id: "item_0", step: 0, status: "completed", text: "Hello.", origin: "user" },
    ]);
    const chosen = await chooseWire(setup, messages);
    yield* checkTemplate(info, matchProfile(loadProfiles(), info), familyReason, chosen);
    const { input, ids } = await chosen.input(messages);
    const text = input.type === "raw" ? input.prompt : await backend.applyTemplate?.(input);
    yield* checkPrompt(text === undefined ? undefined : await backend.countTokens?.(text), info.contextTokens);
    yield checkSafety(chosen.safety, ids);
    let first: Usage | undefined;
    let end: Extract<ThreadEvent, { type: "turn.completed" }> | undefined;
    for await (const event of thread.run(QUESTION)) {
      if (event.type === "step.completed") first ??= event.usage;
      if (event.type === "turn.completed") end = event;
    }
    if (end)
      yield* checkTrial({ items: thread.items, reason: end.reason, detail: end.detail, usage: end.usage, first });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
