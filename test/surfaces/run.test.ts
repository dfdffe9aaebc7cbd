import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Loopback, type LoopbackAnswer, startLoopback } from "../support/loopback.ts";
import { createHalter, type Halter, jsonLines, until } from "../support/surfaces.ts";

let halter: Halter;
let server: Loopback | undefined;

const serve = async (...answers: LoopbackAnswer[]): Promise<string[]> => {
  server = await startLoopback({ answers });
  return ["--base-url", server.baseUrl];
};

const WRITE: LoopbackAnswer = {
  text: '<tool_call>\n{"name": "write", "arguments": {"path": "new.txt", "content": "hay\\n"}}\n</tool_call>',
};

beforeEach(() => {
  server = undefined;
  halter = createHalter();
});

afterEach(async () => {
  await server?.close();
  halter.remove();
});

describe("halter run", () => {
  it("says the answer on stdout and everything else on stderr", async () => {
    const said = await halter.run(["run", ...(await serve(WRITE, { text: "There is hay now." })), "Bring hay."]);
    expect(said.stdout).toBe("There is hay now.\n");
    expect(said.exitCode).toBe(0);
    expect(said.stderr).toMatch(/^thread \d{8}-\d{6}-\w{4} · loopback · /m);
    expect(said.stderr).toContain("• write new.txt");
    expect(said.stderr).toContain("  +hay");
    expect(said.stderr).toMatch(/2 steps · \d+ tokens in \(\d+ cached\) · \d+ out/);
    expect(said.stderr).not.toContain("There is hay now.");
    expect(readFileSync(path.join(halter.workspace, "new.txt"), "utf8")).toBe("hay\n");
  });

  it("reads answers in a format of the user's own", async () => {
    const spec = { id: "mine", calls: [{ open: "[GO]", close: "[/GO]", syntaxes: ["json"] }], textCalls: false };
    const answer = { text: '[GO]{"name": "write", "arguments": {"path": "new.txt", "content": "hay\\n"}}[/GO]' };
    for (const profile of [spec, { parser: spec, sampling: { top_k: 7 } }]) {
      const file = path.join(halter.folder, "mine.json");
      writeFileSync(file, JSON.stringify(profile));
      const place = await serve(answer, { text: "There is hay now." });
      const said = await halter.run(["run", ...place, "--profile", file, "Bring hay."]);
      expect(said).toMatchObject({ exitCode: 0, stdout: "There is hay now.\n" });
      expect(said.stderr).toContain("• write new.txt");
      rmSync(path.join(halter.workspace, "new.txt"));
      await server?.close();
    }
  });

  it.each([
    [{ sampling: 1 }, "sampling: "],
    [{ sampling: { temperature: "hot" } }, "sampling.temperature: expected number, received string"],
    [{ thinking: { default: "maybe" } }, "thinking.default: "],
    [{ parser: { id: "mine", calls: [{ open: 1, close: "x", syntaxes: ["json"] }] } }, "parser.calls.0.open"],
    [{ fileBlocks: "yes" }, "fileBlocks: "],
    [{ tempreature: 1 }, "tempreature"],
    [[], "the file: "],
  ])("refuses the profile %j before it looks for a server", async (profile, message) => {
    const file = path.join(halter.folder, "mine.json");
    writeFileSync(file, JSON.stringify(profile));
    const said = await halter.run(["run", "--profile", file, ...(await serve()), "x"]);
    expect(said).toMatchObject({ exitCode: 2, stdout: "" });
    expect(said.stderr).toMatch(/^error: .*mine\.json: .*\nhint: /);
    expect(said.stderr).toContain(message);
    expect(server!.requests).toEqual([]);
  });

  it("refuses a profile that is not there before it looks for a server", async () => {
    const said = await halter.run(["run", "--profile", "not-there.json", ...(await serve()), "x"]);
    expect(said).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("there is no such file") as unknown });
    expect(server!.requests).toEqual([]);
  });

  it("prints events with --json, by the names of codex", async () => {
    const said = await halter.run(["run", "--json", ...(await serve(WRITE, { text: "Done." })), "Bring hay."]);
    const events = jsonLines(said.stdout);
    const types = new Set(events.map((event) => event.type));
    expect(types).toEqual(
      new Set(["thread.started", "turn.started", "item.started", "item.completed", "turn.completed"]),
    );
    expect(events[0]).toEqual({ type: "thread.started", thread_id: expect.any(String) as unknown });
    expect(events.at(-1)).toMatchObject({
      usage: {
        input_tokens: expect.any(Number) as unknown,
        cached_input_tokens: expect.any(Number) as unknown,
        output_tokens: expect.any(Number) as unknown,
      },
    });
    const items = events.filter((event) => event.type === "item.completed").map((event) => event.item);
    expect(items).toMatchObject([
      { type: "file_change", changes: [{ path: "new.txt" }], status: "completed" },
      { type: "agent_message", text: "Done." },
    ]);
  });

  it("takes the task from stdin, and adds stdin to it for a dash", async () => {
    await halter.run(["run", ...(await serve({ text: "Yes." }))], { input: "Count the llamas.\n" });
    expect(server!.generations()[0]!.body.prompt).toMatch(/<\|im_start\|>user\n(.*\n)*Count the llamas\.<\|im_end\|>/);
    await server!.close();
    await halter.run(["run", ...(await serve({ text: "Yes." })), "Review this:", "-"], { input: "+hay\n" });
    expect(server!.generations()[0]!.body.prompt).toMatch(
      /<\|im_start\|>user\n(.*\n)*Review this:\n\n\+hay<\|im_end\|>/,
    );
  });

  it("sends the sampling it was given", async () => {
    const flags = ["--temp", "0.25", "--seed", "7", "--set", "top_k=11", "--max-tokens", "99", "--wire", "raw"];
    await halter.run(["run", ...flags, ...(await serve({ text: "Yes." })), "Well?"]);
    expect(server!.generations()[0]!.body).toMatchObject({ temperature: 0.25, seed: 7, top_k: 11, n_predict: 99 });
  });

  it("says the answer also when nobody reads the progress", async () => {
    const said = await halter.run(["run", ...(await serve(WRITE, { text: "Done." })), "Bring hay."], {
      onStart: (child) => void child.stderr!.destroy(),
    });
    expect(said).toMatchObject({ exitCode: 0, stdout: "Done.\n" });
  });

  it("says at its start why there is no sandbox and what would help, but to nobody who switched it off", async () => {
    const broken = path.join(halter.folder, "broken");
    mkdirSync(broken);
    const script = "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n";
    writeFileSync(path.join(broken, "bwrap"), script, { mode: 0o755 });
    const flags = await serve({ text: "Yes." }, { text: "Yes." }, { text: "Yes." });
    const said = async (searchPath: string, ...more: string[]) =>
      (await halter.run(["run", ...more, ...flags, "Well?"], { env: { PATH: searchPath } })).stderr;
    expect(await said(broken)).toMatch(
      /^warning: no sandbox for shell commands: .*uid map: Permission denied\nhint: .*--allow .*--no-sandbox$/m,
    );
    expect(await said("/nowhere")).toMatch(/^hint: sudo apt-get install bubblewrap, or .*--allow .*--no-sandbox$/m);
    expect(await said(broken, "--no-sandbox")).not.toContain("warning:");
  });

  it("works in the folder of -C", async () => {
    writeFileSync(path.join(halter.folder, "here"), "");
    await halter.run(["run", "-C", "..", ...(await serve(WRITE, { text: "Done." })), "Bring hay."]);
    expect(existsSync(path.join(halter.folder, "new.txt"))).toBe(true);
  });
});

describe("exit codes", () => {
  it("3 for a limit, which is named", async () => {
    const said = await halter.run(["run", "--max-steps", "1", ...(await serve(WRITE)), "Bring hay."]);
    expect(said).toMatchObject({ exitCode: 3, stdout: "" });
    expect(said.stderr).toMatch(/^stopped: the limit of 1 step was reached$/m);
  });

  it("takes parts of a second for its limits of time", async () => {
    const said = await halter.run([
      "run",
      "--time",
      "0.3",
      ...(await serve({ text: "hay ", hang: true })),
      "Bring hay.",
    ]);
    expect(said).toMatchObject({ exitCode: 3, stdout: "" });
    const flags = await serve();
    server!.loading = Number.POSITIVE_INFINITY;
    const waited = await halter.run(["run", "--wait", "0.3", ...flags, "Bring hay."]);
    expect(waited).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^error: .*\nhint: /) as unknown });
  });

  it("1 with the reason when nothing is said", async () => {
    const said = await halter.run(["run", ...(await serve({ text: "" }, { text: "" }, { text: "" })), "Well?"]);
    expect(said).toMatchObject({ exitCode: 1, stdout: "" });
    expect(said.stderr).toMatch(/^stopped: /m);
  });

  it("1 with a hint when no server is there", async () => {
    await serve();
    await server!.close();
    const said = await halter.run(["run", "--base-url", server!.baseUrl, "Well?"]);
    expect(said).toMatchObject({ exitCode: 1, stdout: "" });
    expect(said.stderr).toMatch(/^error: no server answers at http:.*\nhint: .*--base-url/m);
  });

  it("1 with the error as an event too, with --json", async () => {
    await serve();
    await server!.close();
    const said = await halter.run(["run", "--json", "--base-url", server!.baseUrl, "Well?"]);
    expect(said.exitCode).toBe(1);
    expect(jsonLines(said.stdout)).toEqual([
      { type: "error", message: expect.stringContaining("no server") as unknown },
    ]);
  });

  it("1 with a hint when the key is wrong", async () => {
    server = await startLoopback({ apiKey: "right" });
    const said = await halter.run(["run", "--base-url", server.baseUrl, "--api-key", "wrong", "Well?"]);
    expect(said.exitCode).toBe(1);
    expect(said.stderr).toMatch(/^hint: .*(--api-key|HALTER_API_KEY)/m);
  });
});

describe("Ctrl-C", () => {
  it("ends the turn with 130, lets go of the server and leaves a thread to go on with", async () => {
    const flags = await serve({ text: "hay ".repeat(20), hang: true }, { text: "I went on." });
    const said = await halter.run(["run", ...flags, "Bring hay."], {
      onStart: (child) => {
        void until(() => server!.generations().length === 1).then(() => child.kill("SIGINT"));
      },
    });
    expect(said).toMatchObject({ exitCode: 130, stdout: "" });
    expect(said.stderr).toMatch(/^stopped: /m);
    await until(() => server!.generations()[0]!.closedAt !== undefined);
    const resumed = await halter.run(["resume", "--last", ...flags, "Go on."]);
    expect(resumed).toMatchObject({ exitCode: 0, stdout: "I went on.\n" });
  });

  it("ends the waiting for a model that loads", async () => {
    const flags = await serve();
    server!.loading = Number.POSITIVE_INFINITY;
    const said = await halter.run(["run", ...flags, "Bring hay."], {
      onStart: (child) => {
        void until(() => server!.requests.length > 2).then(() => child.kill("SIGINT"));
      },
    });
    expect(said).toMatchObject({ exitCode: 130, stdout: "" });
    expect(said.stderr).not.toContain("    at ");
  });

  it("kills the command that runs", async () => {
    const command = `sh -c 'echo $$ > pid; exec sleep 300'`;
    const call = JSON.stringify({ name: "shell", arguments: { command } });
    const flags = await serve({ text: `<tool_call>\n${call}\n</tool_call>` });
    const pidFile = path.join(halter.workspace, "pid");
    const said = await halter.run(["run", "--no-sandbox", ...flags, "Sleep."], {
      onStart: (child) => {
        void until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "").then(() => child.kill("SIGINT"));
      },
    });
    expect(said.exitCode).toBe(130);
    const pid = Number(readFileSync(pidFile, "utf8"));
    await until(() => !isAlive(pid));
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
