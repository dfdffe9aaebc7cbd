import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { threadsDir } from "../../src/agent/index.ts";
import { checkRecovery } from "../../src/inspect/index.ts";
import { createJournal } from "../../src/journal/index.ts";
import type { Item, RepairName } from "../../src/types/index.ts";
import { callItem, headerOf } from "../support/journal.ts";

const stateDir = await mkdtemp(path.join(os.tmpdir(), "halter-recovery-"));
afterAll(() => rm(stateDir, { recursive: true, force: true }));

const repaired = (id: string, ...names: RepairName[]): Item => ({
  ...(callItem(id, "text") as Extract<Item, { type: "tool_call" }>),
  repairs: names.map((name) => ({ name, before: "", after: "" })),
});

async function thread(id: string, model: string, items: readonly Item[]): Promise<void> {
  const journal = await createJournal(threadsDir(stateDir), { ...headerOf(id), model });
  for (const item of items) await journal.append({ type: "item", item });
  await journal.close();
}

it("counts each model's calls and what they needed, over the threads there are", async () => {
  expect(await checkRecovery(stateDir)).toEqual([]);
  await thread("a", "small", [callItem("1"), repaired("1", "single_quotes", "trailing_comma", "tool_name")]);
  await thread("b", "small", [
    callItem("1", "fine"),
    repaired("2", "text_to_number"),
    repaired("3", "raw_newline"),
    repaired("4", "tool_by_arguments"),
  ]);
  await thread("c", "large", [callItem("1", "fine")]);
  await thread("d", "large", [callItem("1", "fine")]);
  await writeFile(path.join(threadsDir(stateDir), "d", "journal.jsonl"), "no journal\n{}\n");
  const texts = (await checkRecovery(stateDir)).map(({ text }) => text).sort();
  expect(texts).toEqual([
    "large: 1 call so far, all right as they came",
    "small: 5 calls so far, 2 repaired, 1 fitted to the schema, 2 whose tool was guessed",
  ]);
});
