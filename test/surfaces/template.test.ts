import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { describeCorpora } from "../support/corpora.ts";
import { LOOPBACK_TEMPLATE, startLoopback } from "../support/loopback.ts";
import { createHalter, jsonLines } from "../support/surfaces.ts";
import { writeTinyGguf } from "../support/tiny-gguf.ts";

const halter = createHalter();
afterAll(() => halter.remove());

/** Writes a file into the workspace and gives its name. */
function file(name: string, content: unknown): string {
  writeFileSync(path.join(halter.workspace, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
}

const GOOD = file("good.jinja", LOOPBACK_TEMPLATE);
/** Loses what the tools answer, and has a slighter fault in front of that. */
const BAD = file(
  "bad.jinja",
  "{% if false %}{{ [].append(1) }}{% endif %}" +
    LOOPBACK_TEMPLATE.replace("\\n' + message.content + '\\n</tool_response>", "\\n</tool_response>"),
);
const check = (...args: string[]) => halter.run(["template", "check", ...args]);

describe("halter template check", () => {
  it("ends with 0 where no error is found, and hides mere facts unless asked", async () => {
    const said = await check(GOOD);
    expect(said).toMatchObject({ exitCode: 0, stderr: "" });
    expect(said.stdout).toMatch(/^good\.jinja\n {2}fingerprint \w{12}: not a known template\n/);
    expect(said.stdout).toMatch(/\n0 errors, \d+ warnings?, \d+ facts?.* \(--all shows everything\)\n$/);
    expect(said.stdout).not.toMatch(/^info /m);
    const all = (await check(GOOD, "--all")).stdout;
    expect(all).toMatch(/^info {6}[A-Z]\d\d {2}/m);
    expect(all).toMatch(/^skipped {3}[A-Z]\d\d {2}needs /m);
  });

  it("ends with 1 for an error, with what to do about it", async () => {
    const said = await check(BAD);
    expect(said).toMatchObject({ exitCode: 1, stderr: "" });
    expect(said.stdout).toMatch(/^error {5}F01 {2}\[.+\] .*SUNNYZQ.*\n(.*\n)* +fix: print the content/m);
    // By weight, though a rule with a warning ran first.
    const weights = [...said.stdout.matchAll(/^(error|warning) +([A-Z]\d\d)/gm)].map(([, weight]) => weight);
    expect(weights).toEqual([...weights].sort());
    expect(said.stdout).toMatch(/^warning +P04/m);
  });

  it("says the same to a script, and to code scanning", async () => {
    const said = await check(BAD, "--json", "--sarif", "out.sarif");
    expect(said.exitCode).toBe(1);
    const [report] = jsonLines(said.stdout);
    expect(report).toMatchObject({ name: "bad.jinja", known: null, notes: [] });
    const findings = report!.findings as readonly Record<string, unknown>[];
    expect(findings.find(({ rule }) => rule === "F01")).toMatchObject({ severity: "error", fix: expect.any(String) });
    const log = JSON.parse(readFileSync(path.join(halter.workspace, "out.sarif"), "utf8"));
    const [run] = log.runs;
    expect(log).toMatchObject({ version: "2.1.0" });
    expect(run.results).toHaveLength(findings.length);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.locations[0].physicalLocation).toMatchObject({
        artifactLocation: { uri: "bad.jinja" },
        region: { startLine: expect.any(Number) },
      });
    }
  });

  it("looks at several, at those that can be read also where one cannot", async () => {
    const said = await check(GOOD, "nothing.jinja", BAD, "--json", "--sarif", "both.sarif");
    expect(said).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/^error: nothing\.jinja: .*\nhint: /) });
    expect(jsonLines(said.stdout).map(({ name, type }) => name ?? type)).toEqual(["good.jinja", "bad.jinja", "error"]);
    const log = readFileSync(path.join(halter.workspace, "both.sarif"), "utf8");
    expect(log).toContain('"uri": "good.jinja"');
    expect(log).toContain('"uri": "bad.jinja"');
    expect((await check(GOOD, BAD)).exitCode).toBe(1);
  });

  it("leaves out what is suppressed with a reason, and takes no suppression without one", async () => {
    const all = jsonLines((await check(BAD, "--json")).stdout)[0]!.findings as { rule: string; severity: string }[];
    const errors = new Set(all.filter(({ severity }) => severity === "error").map(({ rule }) => rule));
    const lines = [...errors].map((rule) => `${rule} our tools answer nothing`).join("\n");
    const said = await check(BAD, "--suppress", file("accepted.txt", lines), "--sarif", "accepted.sarif");
    expect(said.exitCode).toBe(0);
    expect(said.stdout).toMatch(/^0 errors, .* suppressed, /m);
    const log = JSON.parse(readFileSync(path.join(halter.workspace, "accepted.sarif"), "utf8"));
    for (const { ruleId, suppressions } of log.runs[0].results) {
      const reasons = [{ kind: "external", justification: "our tools answer nothing" }];
      expect(suppressions).toEqual(errors.has(ruleId) ? reasons : undefined);
    }
    expect(await check(BAD, "--suppress", file("lazy.txt", "F01\n"))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("error: lazy.txt, line 1: F01 is suppressed without a reason\nhint: "),
    });
  });

  it("points at the place in the source", async () => {
    const source = `one\ntwo\n{{ 7 // 2 }}`;
    const said = await check(file("placed.jinja", source), "--sarif", "placed.sarif");
    expect(said.stdout).toMatch(/^error {5}P02 .*\n +line 3: .*\/\//m);
    const log = JSON.parse(readFileSync(path.join(halter.workspace, "placed.sarif"), "utf8"));
    const { level, locations } = log.runs[0].results.find(({ ruleId }: { ruleId: string }) => ruleId === "P02");
    const { startLine, charOffset, charLength } = locations[0].physicalLocation.region;
    expect({ level, startLine }).toEqual({ level: "error", startLine: 3 });
    expect(source.slice(charOffset, charOffset + charLength)).toContain("//");
  });

  it("says which findings count for how it ends", async () => {
    expect((await check("--help")).stdout).toContain("A known defect of a published template counts too");
  });

  it("gives advice that fits where halter reads no further", async () => {
    const said = await check(file("large.jinja", "{{ 1 }}".repeat(40_000)));
    expect(said.exitCode).toBe(1);
    expect(said.stdout).toMatch(
      /P02 {2}the template is beyond a bound of halter's own.*\n +fix: chat templates seldom/,
    );
  });

  it.each([
    [["nothing.jinja"], "there is no such file"],
    [[], "which template?"],
    [["--server", "http://127.0.0.1:9"], "127.0.0.1:9"],
    [[GOOD, "--name", "tool_use"], "has no template tool_use"],
    [[file("half.gguf", "GGUF half")], "not a whole GGUF file"],
    [[GOOD, "--reference", "nothing.jinja"], "there is no such file"],
    [[GOOD, "--sarif", "not/there.sarif"], "cannot be written"],
  ])("ends with 2 for what cannot be read: %j", async (args, message) => {
    const said = await check(...args);
    expect(said).toMatchObject({ exitCode: 2, stdout: "" });
    expect(said.stderr).toMatch(/^error: .*\nhint: .+\n$/);
    expect(said.stderr).toContain(message);
  });

  it("looks at a GGUF, one of its templates by name, and names what the server has instead", async () => {
    const gguf = path.join(halter.workspace, "model.gguf");
    writeTinyGguf(gguf, { chatTemplate: LOOPBACK_TEMPLATE, namedTemplates: { tool_use: "{{ messages }}" } });
    expect((await check("model.gguf")).stdout).toMatch(/^model\.gguf\n/);
    expect((await check("model.gguf", "--name", "tool_use")).stdout).toMatch(/^model\.gguf: tool_use\n/);
    const server = await startLoopback({ chatTemplate: `${LOOPBACK_TEMPLATE}{# ours #}` });
    const said = await check("model.gguf", "--server", server.baseUrl);
    await server.close();
    expect(said.stdout).toContain("the server uses another template");
    expect(server.requests.map((request) => request.path)).toContain("/props");
  });
});

describe("a GGUF that is cut short", () => {
  it.each([["blk.0"], [undefined]])("gives its template with a warning, cut before %s", async (text) => {
    const gguf = path.join(halter.workspace, "cut.gguf");
    writeTinyGguf(gguf, { chatTemplate: LOOPBACK_TEMPLATE });
    truncateSync(gguf, text === undefined ? 200_000 : readFileSync(gguf).indexOf(text));
    for (const command of ["check", "render", "learn"]) {
      const said = await halter.run(["template", command, "cut.gguf"]);
      expect(said.stderr).toMatch(/^warning: cut\.gguf is not a whole GGUF file: .*; only its template was read\n/);
      expect(said.exitCode).toBeLessThan(2);
      expect(said.stdout).not.toBe("");
    }
    const started = await halter.run(["run", "--model", "cut.gguf", "Well?"]);
    expect(started).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("not a whole GGUF") as unknown });
  });
});

describeCorpora("a published template with a defect that is known", (templates) => {
  it("ends with 1 unless that is suppressed", async () => {
    const source = templates.find(({ name }) => name === "GLM-4.7-Flash")!.source;
    const said = await check(file("known.jinja", source));
    expect(said.exitCode).toBe(1);
    expect(said.stdout).toMatch(/^error {5}T03 .*\n(.*\n)*? +known: /m);
    expect(said.stdout).toMatch(/^1 error \(1 known\), /m);
    const accepted = file("known.txt", "T03 our client sends objects");
    expect((await check("known.jinja", "--suppress", accepted)).exitCode).toBe(0);
  });
});

describe("halter template render", () => {
  const render = (...args: string[]) => halter.run(["template", "render", ...args]);
  const body = file(
    "body.json",
    `{"messages": [{"role": "user", "content": "Hi\\u001b[2J"}], "chat_template_kwargs": {"tone": "dry"},
      "tools": [{"type": "function", "function": {"name": "fly", "parameters": {"2": 1.0, "1": 2}}}]}`,
  );

  it("prints the prompt byte for byte", async () => {
    const said = await render(GOOD, "--messages", file("hi.json", [{ role: "user", content: "Hi" }]));
    expect(said).toEqual({
      exitCode: 0,
      stdout: "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
      stderr: "",
    });
    const bare = await halter.run(["template", "render", GOOD, "--messages", "-", "--no-generation-prompt"], {
      input: '[{"role": "user", "content": "Hi"}]',
    });
    expect(bare.stdout).toBe("<|im_start|>user\nHi<|im_end|>\n");
  });

  it("takes a request body, variables, and keeps the order of keys", async () => {
    const template = file("vars.jinja", "{{ tone }} {{ more }} {{ messages | length }} {{ tools | tojson }}");
    const said = await render(template, "--messages", body, "--kwargs", '{"more": "very"}');
    expect(said.stdout).toMatch(/^dry very 1 .*"parameters": \{"2": 1(\.0)?, "1": 2\}/);
  });

  it("shows the origin of each part, harmless for a terminal", async () => {
    const said = await render(GOOD, "--messages", body, "--parts");
    expect(said.stdout).toMatch(/^template +".*\n(.*\n)*messages\[0\]\.content +"Hi/);
    expect(said.stdout).not.toContain("\u001b");
    const coloured = await halter.run(["template", "render", GOOD, "--parts"], {
      env: { NO_COLOR: undefined, FORCE_COLOR: "1" },
    });
    expect(coloured.stdout).toContain("\u001b[32mASKZQ please\u001b[39m");
  });

  it("has other engines and rules", async () => {
    const template = file(
      "strip.jinja",
      "{{ 'xax'.strip('x') }}{{ add_generation_prompt }}{{ enable_thinking is defined }}",
    );
    expect((await render(template)).stdout).toBe("aTrueTrue");
    expect((await render(template, "--engine", "hf")).stdout).toBe("xaxtruetrue");
    expect((await render(template, "--mode", "transformers", "--raw")).stdout).toBe("aTrueFalse");
  });

  it("ends with 1 and the template's words where it refuses", async () => {
    const said = await render(file("no.jinja", "{{ raise_exception('not for you') }}"));
    expect(said).toMatchObject({ exitCode: 1, stdout: "" });
    expect(said.stderr).toMatch(
      /^error: the template refuses: not for you.* in no\.jinja, line \d+, column \d+\n(.*\n)*.*\^+\nhint: /,
    );
  });

  it.each([
    [["--messages", file("number.json", "7")], "holds no messages"],
    [["--messages", file("broken.json", "[")], "is no JSON"],
    [["--kwargs", "[1]"], "--kwargs is no JSON object"],
    [["--tools", file("tools.json", '{"a": 1}')], "holds no list of tools"],
  ])("ends with 2 for %j", async (args, message) => {
    const said = await render(GOOD, ...args);
    expect(said).toMatchObject({ exitCode: 2, stdout: "" });
    expect(said.stderr).toContain(message);
  });
});

describe("halter template diff", () => {
  const diff = (...args: string[]) => halter.run(["template", "diff", ...args]);

  it("ends with 0 where templates agree and 1 where they do not", async () => {
    expect(await diff(GOOD, GOOD)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/render every/) });
    const said = await diff(GOOD, BAD);
    expect(said.exitCode).toBe(1);
    expect(said.stdout).toMatch(/^text {8}called\n +at \d+: A ".*\n +B ".*\n/m);
    expect(said.stdout).toMatch(/conversations alike: they differ where tools are given\n$/);
    const [report] = jsonLines((await diff(GOOD, BAD, "--json")).stdout);
    expect(report).toMatchObject({ drift: "tools" });
  });
});

describe("what is known", () => {
  it("halter template list", async () => {
    const said = await halter.run(["template", "list", "gpt-oss"]);
    expect(said.stdout).toMatch(/^a4c9919cbbd4 {2}gpt-oss {2}official {2}openai-gpt-oss-120b/);
    expect(await halter.run(["template", "list", "none"])).toMatchObject({ exitCode: 2, stdout: "" });
    const all = jsonLines((await halter.run(["template", "list", "--json"])).stdout);
    expect(all.length).toBeGreaterThan(200);
  });

  it("halter rules", async () => {
    const ids = jsonLines((await halter.run(["rules", "list", "--json"])).stdout).map(({ id }) => id);
    expect(ids).toContain("F01");
    expect(new Set(ids).size).toBe(ids.length);
    const said = await halter.run(["rules", "explain", "f16"]);
    expect(said.stdout).toMatch(/^F16 .*\n\n.*\n\nFix: .*\n\nSeen in: .*\n$/);
    expect(await halter.run(["rules", "explain", "F99"])).toMatchObject({ exitCode: 2 });
  });

  it("a group without a command shows its help", async () => {
    const said = await halter.run(["template"]);
    expect(said).toMatchObject({ exitCode: 2, stdout: "" });
    expect(said.stderr).toContain("check [options] [places...]");
    expect(existsSync(path.join(halter.workspace, "template"))).toBe(false);
  });
});
