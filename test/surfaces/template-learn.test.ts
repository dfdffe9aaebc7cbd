import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LOOPBACK_TEMPLATE, startLoopback } from "../support/loopback.ts";
import { createHalter, jsonLines } from "../support/surfaces.ts";

const halter = createHalter();
afterAll(() => halter.remove());

function file(name: string, content: string): string {
  writeFileSync(path.join(halter.workspace, name), content);
  return name;
}

const TEMPLATE = file("model.jinja", LOOPBACK_TEMPLATE);

describe("halter template matrix", () => {
  it("has a line for each step, and says what mends what is deep", async () => {
    const counting = `{% if not quiet %}{{ messages | length }}{% endif %}${LOOPBACK_TEMPLATE}`;
    const said = await halter.run(["template", "matrix", file("counting.jinja", counting)]);
    expect(said).toMatchObject({ exitCode: 0, stderr: "" });
    expect(said.stdout).toMatch(
      /^P1 {2}deep -\d+ +deep -\d+ +deep -\d+ +an answer in words, then the next user message$/m,
    );
    expect(said.stdout).toMatch(/^deep at P1 on, .*: --chat-template-kwargs '\{"quiet": true\}' mends it$/m);
  });

  it("says where and why a template refuses", async () => {
    const said = await halter.run(["template", "matrix", file("refusing.jinja", "{{ raise_exception('no words') }}")]);
    expect(said.stdout).toMatch(/^P1 {2}(refused {5}){3}an answer/m);
    expect(said.stdout).toMatch(/\nrefused at P1 on, .*, P6 preserve: no words\n$/);
  });

  it("says the same to a script, also of a server's template", async () => {
    const server = await startLoopback();
    const said = await halter.run(["template", "matrix", "--server", server.baseUrl, "--json"]);
    await server.close();
    const [{ cells }] = jsonLines(said.stdout) as unknown as [{ cells: { id: string; stability: string }[] }];
    expect(cells).toHaveLength(18);
    expect(cells.find(({ id }) => id === "P1")?.stability).toBe("ok");
  });
});

describe("halter template learn", () => {
  it("prints differences, a parser spec and what comes back with it", async () => {
    const said = await halter.run(["template", "learn", TEMPLATE]);
    expect(said).toMatchObject({ exitCode: 0, stderr: "" });
    expect(said.stdout).toMatch(/^T2 {2}one call, and two of two tools/m);
    expect(said.stdout).toMatch(/^ {6}"open": "<tool_call>",$/m);
    expect(said.stdout).toMatch(
      /\n([1-9]\d*) of \1 messages with calls that this template renders come back as they were\n$/,
    );
  });

  it("reads a call back whose marks are plain words, its name before its arguments", async () => {
    const calls =
      "{% for c in m.tool_calls %}@@CALL {{ c.function.name }} ## {{ c.function.arguments | tojson }} @@END{% endfor %}";
    const invented = `{{ tools }}{% for m in messages %}{{ m.role }}: {{ m.content }}{% if m.tool_calls %}${calls}{% endif %}<<eot>>{% endfor %}`;
    const said = await halter.run(["template", "learn", file("invented.jinja", invented)]);
    expect(said.stdout).toMatch(
      /\n([1-9]\d*) of \1 messages with calls that this template renders come back as they were\n$/,
    );
  });

  it("names what does not come back", async () => {
    const call = `<do>{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}</do>`;
    const calls = `{% for c in m.tool_calls %}${call}{% endfor %}`.replace("| tojson", "| tojson | replace('-7', '8')");
    const lossy = `{{ tools }}{% for m in messages %}{{ m.role }}: {{ m.content }}{% if m.tool_calls %}${calls}{% endif %}-7<<eot>>{% endfor %}`;
    const said = await halter.run(["template", "learn", file("lossy.jinja", lossy)]);
    expect(said.stdout).toMatch(/^does not come back: numbers: .*"integer": 8/m);
    expect(said.stdout).not.toMatch(/\n([1-9]\d*) of \1 messages/);
  });

  it("writes a spec that halter parse takes", async () => {
    expect((await halter.run(["template", "learn", TEMPLATE, "--out", "spec.json"])).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(path.join(halter.workspace, "spec.json"), "utf8"))).toMatchObject({
      id: "learned-model-jinja",
    });
    file("answer.txt", 'I look.\n<tool_call>\n{"name": "read", "arguments": {"path": "a.ts"}}\n</tool_call>');
    const parsed = await halter.run(["parse", "answer.txt", "--family", "spec.json", "--json"]);
    expect(jsonLines(parsed.stdout)).toContainEqual(expect.objectContaining({ type: "tool_call", notation: "native" }));
  });

  it("ends with 1 where there is nothing to learn, with 2 for a place that is none", async () => {
    const silent = file("silent.jinja", "{% for m in messages %}{{ m.content }}{% endfor %}");
    const said = await halter.run(["template", "learn", silent]);
    expect(said.exitCode).toBe(1);
    expect(said.stdout).toMatch(/\nnothing was learned: the template shows no calls\n$/);
    expect((await halter.run(["template", "learn", "not-there.jinja"])).exitCode).toBe(2);
  });
});
