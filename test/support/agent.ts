import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import {
  resumeThread,
  type StartedThread,
  startThread,
  type ThreadOptions,
  threadsDir,
} from "../../src/agent/index.ts";
import { type ConnectOptions, discover } from "../../src/backends/index.ts";
import { toMessages } from "../../src/context/index.ts";
import { openJournal, recoverItems } from "../../src/journal/index.ts";
import { lintMessages } from "../../src/templates/index.ts";
import type { Item, ItemOf, ThreadEvent, TraceRecord, Wire } from "../../src/types/index.ts";
import {
  type Loopback,
  type LoopbackAnswer,
  type LoopbackOptions,
  type LoopbackRequest,
  startLoopback,
} from "./loopback.ts";

/** Both wires, for `describe.each`. */
export const WIRES: readonly Wire[] = ["raw", "chat"];

/** A model of this name gets the profile that takes whole files from code fences. */
export const FILE_BLOCK_MODEL = "qwen2.5-coder-loopback";

export interface StoryOptions {
  readonly wire?: Wire | "auto";
  readonly answers: LoopbackOptions["answers"];
  readonly files?: Readonly<Record<string, string>>;
  readonly server?: Omit<LoopbackOptions, "answers">;
  readonly connect?: Partial<ConnectOptions>;
  readonly thread?: Partial<ThreadOptions>;
}

type TurnEnd = Extract<ThreadEvent, { type: "turn.completed" }>;

/** A thread in a folder of its own, on a server that says what it is told. */
export interface Story {
  readonly server: Loopback;
  readonly folder: string;
  readonly stateDir: string;
  readonly started: StartedThread;
  readonly events: readonly ThreadEvent[];
  readonly trace: readonly TraceRecord[];
  /** Runs one turn to its end; `onEvent` may submit. */
  run(text?: string, onEvent?: (event: ThreadEvent, story: Story) => void): Promise<TurnEnd>;
  /** Goes on with the thread from its journal, on the same server. */
  resume(): Promise<Story>;
  items<T extends Item["type"]>(type: T): ItemOf<T>[];
  read(file: string): string;
  /**
   * What every story must leave: no answer unused, every item closed, and a journal that opens again with the same items and
   * a transcript that no server refuses.
   */
  settle(): Promise<void>;
}

/** Starts server, workspace and thread; all of it goes with the test. */
export async function openStory(options: StoryOptions): Promise<Story> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "halter-agent-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = path.join(root, "work");
  mkdirSync(folder);
  for (const [file, text] of Object.entries(options.files ?? {})) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const server = await startLoopback({ answers: options.answers ?? [], ...options.server });
  onTestFinished(() => server.close());
  return openThread({ ...options, server, folder, stateDir: path.join(root, "state") });
}

interface World extends Pick<StoryOptions, "wire" | "connect" | "thread"> {
  readonly server: Loopback;
  readonly folder: string;
  readonly stateDir: string;
  readonly resumed?: string;
}

/** Opens a thread on a server and a folder that are there already; `resumed` names the one to go on with. */
export async function openThread(world: World): Promise<Story> {
  const { server, folder, stateDir } = world;
  const trace: TraceRecord[] = [];
  const traceSink = { write: (record: TraceRecord) => void trace.push(record), openFile() {}, async close() {} };
  const backend = await discover({
    baseUrl: server.baseUrl,
    now: () => performance.now(),
    onTrace: traceSink.write,
    ...world.connect,
  });
  const threadOptions = {
    backend,
    workspace: folder,
    stateDir,
    wire: world.wire ?? "auto",
    sandbox: "off" as const,
    pause: async () => {},
    env: { PATH: process.env.PATH },
    traceSink,
    ...world.thread,
  };
  const started = world.resumed ? await resumeThread(world.resumed, threadOptions) : await startThread(threadOptions);
  const { thread, setup } = started;
  onTestFinished(() => thread.close());
  const events: ThreadEvent[] = [];
  thread.subscribe((event) => events.push(event));

  const story: Story = {
    server,
    folder,
    stateDir,
    started,
    events,
    trace,
    async run(text = "Do the task.", onEvent) {
      let end: TurnEnd | undefined;
      for await (const event of thread.run(text)) {
        onEvent?.(event, story);
        if (event.type === "turn.completed") end = event;
      }
      return end!;
    },
    async resume() {
      await thread.close();
      return openThread({ ...world, resumed: thread.id });
    },
    items: (type) => thread.items.filter((item) => item.type === type) as never,
    read: (file) => readFileSync(path.join(folder, file), "utf8"),
    async settle() {
      expect(server.unused()).toBe(0);
      expect(thread.items.filter((item) => item.status === "in_progress")).toEqual([]);
      expect(unclosed(events)).toEqual([]);
      const ended = events.flatMap((event) => (event.type === "item.completed" ? [event.item.id] : []));
      expect(new Set(ended).size).toBe(ended.length);
      const turns = events.filter((event) => event.type === "turn.started").length;
      expect(events.filter((event) => event.type === "turn.completed")).toHaveLength(turns);
      await thread.close();
      const { journal, records } = await openJournal(threadsDir(stateDir), thread.id);
      await journal.close();
      const recovered = recoverItems(records);
      expect(recovered).toEqual(thread.items);
      const messages = toMessages(setup.system, recovered);
      expect(lintMessages(messages)).toEqual([]);
      expect(lintMessages(toMessages(setup.system, recovered, setup.profile.textCalls))).toEqual([]);
      const asked = messages.flatMap((message) => (message.role === "assistant" ? (message.tool_calls ?? []) : []));
      const answered = messages.flatMap((message) => (message.role === "tool" ? [message.tool_call_id] : []));
      expect(answered).toEqual(asked.map((call) => call.id));
    },
  };
  return story;
}

/** Ids of items that began and never ended. */
function unclosed(events: readonly ThreadEvent[]): string[] {
  const open = new Set<string>();
  for (const event of events) {
    if (event.type === "item.started") open.add(event.item.id);
    if (event.type === "item.completed") open.delete(event.item.id);
  }
  return [...open];
}

/** A call as a model makes it that knows how: in its markers on the raw wire, parsed by the server on the chat wire. */
export function called(wire: Wire, name: string, input: unknown): LoopbackAnswer {
  const text = typeof input === "string" ? input : JSON.stringify(input);
  return wire === "raw" ? { text: tagged(name, text) } : { calls: [{ id: newId(), name, arguments: text }] };
}

/** A call in Hermes markers. */
export function tagged(name: string, input: unknown): string {
  const text = typeof input === "string" ? input : JSON.stringify(input);
  return `<tool_call>\n{"name": ${JSON.stringify(name)}, "arguments": ${text}}\n</tool_call>`;
}

let ids = 0;
const newId = (): string => `served${++ids}`;

/** What a request shows the model, as one text. */
export function shown({ body }: LoopbackRequest): string {
  return body.prompt ?? (body.messages ?? []).map((message) => JSON.stringify(message)).join("\n");
}

/** What the last request of a story showed the model. */
export function lastShown(story: Story): string {
  return shown(story.server.generations().at(-1)!);
}
