import { mkdtemp, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { threadsDir } from "../../../agent/index.ts";
import { HalterError } from "../../../types/index.ts";
import { connect } from "../connect.ts";
import type { Executed } from "../execute.ts";
import { plain } from "../plain.ts";
import type { RunFlags } from "../run-flags.ts";
import type { Settings } from "../settings.ts";
import { withThread } from "../with-thread.ts";
import { copyWritable } from "./copy.ts";
import type { DemoFlags } from "./flags.ts";
import { connectReplay } from "./replay.ts";
import { diffOfFolders, passesTests } from "./result.ts";

const FIXTURE = fileURLToPath(new URL("../../../../fixtures/demo", import.meta.url));
const MODEL = "qwen2.5-coder-1.5b";

/** Failures that mean that no engine or model can be had here; then a recorded thread is played. */
const NOTHING_TO_RUN = new Set([
  "engine_missing",
  "download_failed",
  "disk_full",
  "folder_unwritable",
  "engine_crashed",
  "hash_mismatch",
]);

/** Runs the demo and resolves to the exit status: 0 when the repository's tests pass afterwards. */
export async function runDemo(settings: Settings, flags: DemoFlags): Promise<number> {
  const task = (await readFile(path.join(FIXTURE, "task.md"), "utf8")).trim();
  const workspace = await mkdtemp(path.join(os.tmpdir(), "halter-demo-"));
  await copyWritable(path.join(FIXTURE, "repo"), workspace);
  say(`A small repository with a failing test lies in ${workspace}`);
  say(`Task: ${task}\n`);
  const done = flags.replay
    ? await replay(settings, flags, workspace, task)
    : await runLive(settings, flags, workspace, task);
  const diff = await diffOfFolders(path.join(FIXTURE, "repo"), workspace);
  const passed = await passesTests(settings, workspace);
  // A file gets the model's changes as they are, a terminal what cannot drive it.
  const shown = process.stdout.isTTY ? plain(diff) : diff;
  if (!flags.json) process.stdout.write(`\n${shown === "" ? "(no file was changed)\n" : shown}\n`);
  say(passed ? "The repository's tests pass now." : "The repository's tests still fail.");
  say(
    `\nWhere to look next:\n  the journal and everything that crossed the wire: ${path.join(threadsDir(settings.stateDir), done.threadId)}`,
  );
  say('  your own repository: halter run --model qwen2.5-coder-1.5b "what to do"\n  the whole chain: halter doctor');
  if (passed && done.reason === "done") return 0;
  return done.status === 0 ? 1 : done.status;
}

async function runLive(settings: Settings, flags: DemoFlags, workspace: string, task: string): Promise<Executed> {
  const model = flags.model ?? (flags.baseUrl || settings.baseUrl ? undefined : MODEL);
  const runFlags = { ...demoFlags(flags, workspace), ...(model && { model }) };
  try {
    return await withThread(settings, runFlags, task, { connect: (onTrace) => connect(settings, runFlags, onTrace) });
  } catch (error) {
    if (!(error instanceof HalterError) || !NOTHING_TO_RUN.has(error.code)) throw error;
    say(`There is no model to run: ${error.message}${error.hint ? `\nhint: ${error.hint}` : ""}\n`);
    return replay(settings, flags, workspace, task);
  }
}

async function replay(settings: Settings, flags: DemoFlags, workspace: string, task: string): Promise<Executed> {
  say("This is a replay: the model's words were recorded, the tools run for real.\n");
  return withThread(settings, demoFlags(flags, workspace), task, {
    connect: () => connectReplay(path.join(FIXTURE, "replay")),
  });
}

/** What `halter run` would be given on the command line. */
function demoFlags(flags: DemoFlags, workspace: string): RunFlags {
  return {
    ...flags,
    C: workspace,
    wire: "auto",
    allow: ["npm test", "node --test"],
    sandbox: true,
    json: flags.json === true,
  };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
