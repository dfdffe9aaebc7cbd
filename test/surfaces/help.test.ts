import { afterAll, describe, expect, it } from "vitest";
import { createHalter } from "../support/surfaces.ts";

const halter = createHalter();
afterAll(() => halter.remove());

const HELP = [
  ["--help"],
  ["run", "--help"],
  ["resume", "--help"],
  ["threads", "--help"],
  ["demo", "--help"],
  ["doctor", "--help"],
  ["models", "--help"],
  ["models", "ls", "--help"],
  ["models", "pull", "--help"],
  ["models", "rm", "--help"],
  ["parse", "--help"],
  ["template", "--help"],
  ["template", "check", "--help"],
  ["template", "render", "--help"],
  ["template", "diff", "--help"],
  ["template", "matrix", "--help"],
  ["template", "learn", "--help"],
  ["template", "list", "--help"],
  ["rules", "--help"],
  ["rules", "list", "--help"],
  ["rules", "explain", "--help"],
  ["help", "run"],
];

const MISUSES = [
  [],
  ["rnu"],
  ["--tepm", "1"],
  ["run"],
  ["run", "--tepm", "1", "x"],
  ["run", "--temp", "hot", "x"],
  ["run", "--temp"],
  ["run", "--seed", "-1", "x"],
  ["run", "--seed", "1.5", "x"],
  ["run", "--seed", "4294967296", "x"],
  ["run", "--temp", "Infinity", "x"],
  ["run", "--set", "temperature=hot", "x"],
  ["run", "--wire", "smoke", "x"],
  ["run", "--thinking", "hard", "x"],
  ["run", "--set", "top_k", "x"],
  ["run", "--max-steps", "0", "x"],
  ["run", "--max-steps", "1.5", "x"],
  ["run", "--max-tokens", "99.5", "x"],
  ["run", "--context", "1e-3", "x"],
  ["run", "--time", "0", "x"],
  ["run", "--wait", "soon", "x"],
  ["demo", "--temp", "abc"],
  ["demo", "--seed", "-1"],
  ["run", "-C", "not/there", "x"],
  ["resume"],
  ["resume", "--last"],
  ["resume", "20261121"],
  ["threads", "extra"],
  ["template"],
  ["template", "chekc"],
  ["template", "check"],
  ["template", "check", "not-there.jinja"],
  ["template", "render", "not-there.jinja", "--mode", "python"],
  ["rules", "explain", "F99"],
  ["models", "push"],
  ["models", "pull"],
  ["models", "pull", "gpt-9"],
  ["models", "rm", "gpt-9"],
];

/** All that a person or a script sees. */
function shown({ exitCode, stdout, stderr }: { exitCode: number | null; stdout: string; stderr: string }): string {
  return `exit ${exitCode}\n--- stdout\n${stdout}--- stderr\n${stderr}`;
}

describe("help", () => {
  it.each(HELP.map((words) => ({ words, line: words.join(" ") })))("halter $line", async ({ words }) => {
    const said = await halter.run(words);
    expect(said).toMatchObject({ exitCode: 0, stderr: "" });
    expect(shown(said)).toMatchSnapshot();
  });
});

describe("misuse", () => {
  it.each(MISUSES.map((words) => ({ words, line: words.join(" ") })))("halter $line", async ({ words }) => {
    const said = await halter.run(words);
    expect(said.exitCode).toBeGreaterThan(0);
    expect(said.stdout).toBe("");
    expect(shown(said)).toMatchSnapshot();
  });

  it("of the environment", async () => {
    const said = await halter.run(["models"], { env: { HALTER_MODEL_SOURCES: "hub,floppy" } });
    expect(said.exitCode).toBe(2);
    expect(shown(said)).toMatchSnapshot();
  });
});
