import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parserSpecs } from "../../src/parsers/index.ts";
import { startLoopback } from "../support/loopback.ts";
import { createHalter, jsonLines } from "../support/surfaces.ts";

const halter = createHalter();
afterAll(() => halter.remove());

const TEXT =
  '<think>Hm.</think>\nSo: <tool_call>\n{"name": "Read", "arguments": {"path": "a", "start_line": "3",}}\n</tool_call>';

/** Writes a file into the workspace and gives its name. */
function file(name: string, content: unknown): string {
  writeFileSync(path.join(halter.workspace, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
}

describe("halter parse", () => {
  it("shows events, repairs and what each marker did", async () => {
    const said = await halter.run(["parse", file("answer.txt", TEXT), "--family", "hermes-json"]);
    expect(said).toMatchObject({ exitCode: 0, stderr: "read as hermes-json: as --family says\n" });
    expect(said.stdout).toMatchSnapshot();
  });

  it("says by which rule each event came about, one event a line", async () => {
    const shown = `For example:\n${TEXT.slice(TEXT.indexOf("{"), TEXT.indexOf("}") + 2)}`;
    const said = await halter.run(["parse", "--explain", "--json"], { input: `${TEXT}\n${shown}` });
    expect(said).toMatchObject({ exitCode: 0, stderr: "" });
    const events = jsonLines(said.stdout);
    expect(events.map((event) => event.type)).toEqual(
      expect.arrayContaining(["marker", "reasoning", "text", "candidate", "tool_call", "candidate_closed"]),
    );
    for (const event of events) expect(event.rule ?? event.effects).toBeDefined();
    expect(events.find((event) => event.type === "tool_call")).toMatchObject({
      repairs: [{ name: "trailing_comma" }],
      resolved: { type: "ready", spec: "read", input: { path: "a", start_line: 3 } },
    });
    expect(events.findLast((event) => event.type === "candidate_closed")).toMatchObject({
      rule: expect.stringContaining("for example"),
    });
  });

  it("shows the whole text in colour, where colour is asked for", async () => {
    const run = (env: Record<string, string | undefined>) => halter.run(["parse", "-"], { input: "Hello.", env });
    expect((await run({ NO_COLOR: undefined, FORCE_COLOR: "1" })).stdout).toMatch(/^\u001b\[32mHello\.\u001b\[39m\n/);
    expect((await run({})).stdout).not.toContain("\u001b");
    const hostile = { input: "a\u001b[2Jb", env: { NO_COLOR: undefined, FORCE_COLOR: "1" } };
    expect((await halter.run(["parse", "-"], hostile)).stdout).not.toContain("\u001b[2J");
  });

  it("reads the text with a spec or a profile of one's own, and with one's own tools", async () => {
    const spec = { id: "mine", calls: [{ open: "[GO]", close: "[/GO]", syntaxes: ["json"] }] };
    const tools = file("tools.json", [{ type: "function", function: { name: "fly", parameters: { type: "object" } } }]);
    const input = '[GO]{"name": "fly", "arguments": {"to": "Rome"}}[/GO]';
    for (const family of [file("spec.json", spec), file("profile.json", { id: "p", parser: spec })]) {
      const said = await halter.run(["parse", "--json", "--family", family, "--tools", tools], { input });
      expect(jsonLines(said.stdout).find((event) => event.type === "tool_call")).toMatchObject({
        call: { name: "fly" },
        notation: "native",
        resolved: { type: "ready", spec: "fly" },
      });
    }
  });

  it("says why a call cannot be run, and what ended the reasoning", async () => {
    const fly = '<think>Hm. <tool_call>\n{"name": "fly", "arguments": {}}\n</tool_call>';
    const said = await halter.run(["parse", "--family", "hermes-json", "--explain"], { input: fly });
    const indent = " ".repeat(30);
    expect(said.stdout).toContain(
      [
        "11–55       tool_call         fly {}  (native)",
        `${indent}because: a call: in the family's own markers; it ended the reasoning`,
        `${indent}flagged: there is no tool fly`,
        `${indent}cannot be run: there is no tool fly\n`,
      ].join("\n"),
    );
  });

  it("begins inside the reasoning where the prompt had opened it", async () => {
    const read = async (...flags: string[]) => {
      const said = await halter.run(["parse", "--family", "hermes-json", "--json", ...flags], {
        input: "Hm.</think>Yes.",
      });
      return jsonLines(said.stdout).map(({ type, text }) => [type, text]);
    };
    expect(await read("--thinking-open")).toEqual([
      ["reasoning", "Hm."],
      ["marker", "</think>"],
      ["text", "Yes."],
    ]);
    expect(await read()).toEqual([["text", "Hm.</think>Yes."]]);
  });

  it("takes tools in a request body or bare, and a profile that names its family", async () => {
    const bare = { name: "fly", parameters: { type: "object", properties: { to: { type: "integer" } } } };
    const input = '<tool_call>\n{"name": "fly", "arguments": {"to": "3"}}\n</tool_call>';
    const family = file("named.json", { id: "p", parser: "hermes-json" });
    for (const tools of [file("body.json", { tools: [{ function: bare }] }), file("bare.json", [bare])]) {
      const said = await halter.run(["parse", "--family", family, "--tools", tools], { input });
      expect(said.stderr).toBe("read as hermes-json: as --family says\n");
      expect(said.stdout).toContain('would run: fly {"to":3}');
    }
  });

  it("says of a call whose last text lacks its end that it would not change anything", async () => {
    const tool = { name: "write", parameters: { type: "object", properties: { text: { type: "string" } } } };
    const said = await halter.run(["parse", "--family", "hermes-json", "--tools", file("write.json", [tool])], {
      input: '<tool_call>\n{"name": "write", "arguments": {"text": "half a\n</tool_call>',
    });
    expect(said.stdout).toMatch(/would run where it only reads, .*: write \{"text":"half a/);
  });

  it("finds the family by a template, and by what a server runs", async () => {
    const template = file("t.jinja", "{{ messages }}<tool_call>\n<function=name>\n<parameter=key>");
    const byTemplate = await halter.run(["parse", "--template", template], { input: TEXT });
    expect(byTemplate.stderr).toContain("read as qwen3-coder-xml");
    const server = await startLoopback({ answers: [] });
    const byServer = await halter.run(["parse", "--server", server.baseUrl], { input: TEXT });
    await server.close();
    expect(byServer.stderr).toMatch(/^read as hermes-json: /);
    expect(byServer.stdout).toContain("would run: read");
  });

  it("lists the families, and suggests near ones in a line that fits", async () => {
    const ids = (await halter.run(["parse", "--families"])).stdout.trimEnd().split("\n");
    expect(ids).toEqual(Object.keys(parserSpecs));
    const hintFor = async (name: string) => {
      const said = await halter.run(["parse", "--family", name]);
      expect(said).toMatchObject({ exitCode: 2, stdout: "" });
      expect(said.stderr).toContain("halter parse --families lists all");
      return /^hint: (.+)\n$/m.exec(said.stderr)![1]!;
    };
    expect(await hintFor("hermes")).toMatch(/^did you mean hermes-json\?/);
    expect(await hintFor("MiniMax_M3")).toMatch(/^did you mean minimax-m3-xml or minimax-m2-xml/);
    expect(await hintFor("nope")).toMatch(/^halter parse --families/);
    for (const name of ["deepseek", "functionary"]) {
      expect((await hintFor(name)).length).toBeLessThan(200);
    }
  });

  it("ends with 2 for a server that is not there, as for a file", async () => {
    const said = await halter.run(["parse", "--server", "http://127.0.0.1:9"], { input: TEXT });
    expect(said).toMatchObject({ exitCode: 2, stdout: "" });
    expect(said.stderr).toMatch(/^error: no server answers at .*\nhint: start llama-server .*\n$/);
    expect((await halter.run(["parse", "--help"])).stdout).toContain("with 2 for what cannot be read");
  });

  it.each([
    [["parse", "not-there.txt"], "there is no such file"],
    [["parse", "--family", "not-there"], "there is no family not-there"],
    [["parse", "--family", "broken.json"], "is no JSON"],
    [["parse", "--family", "empty.json"], "is no parser spec: id"],
    [["parse", "--tools", "empty.json"], "holds no list of tools"],
    [["parse", "--family", "plain", "--server", "x"], "do not go together"],
  ])("refuses %j with a hint", async (args, why) => {
    file("broken.json", "{");
    file("empty.json", "{}");
    const said = await halter.run(args);
    expect(said).toMatchObject({ exitCode: 2, stdout: "" });
    expect(said.stderr).toContain(why);
    expect(said.stderr).toMatch(/\nhint: .+\n$/);
  });
});
