import { describe, expect, it } from "vitest";
import { factsAgainst } from "../../src/agent/end-check.ts";
import { checkOf, isUnchecked } from "../../src/agent/verify.ts";
import { called, openStory, WIRES } from "../support/agent.ts";
import { callItem } from "../support/items.ts";

const changes = [{ path: "x", kind: "update" as const, diff: "" }];
const changed = callItem("a", 1, "edit", {}, { changes });
const ran = (exitCode: number) => callItem("b", 2, "shell", { command: "npm test" }, { exitCode });

describe("the check a task names", () => {
  it("is a test command in backticks", () => {
    expect(checkOf("make `npm test` pass")).toBe("npm test");
    expect(checkOf("see `src/a.js`, then `python3 -m pytest -q`")).toBe("python3 -m pytest -q");
    expect(checkOf("never run `rm -rf build`")).toBeUndefined();
    expect(checkOf("`npm test; rm -rf /`")).toBeUndefined();
  });

  it("or one in plain words, without its arguments", () => {
    expect(checkOf("npm test fails: find out why and mend it")).toBe("npm test");
    expect(checkOf("python3 -m unittest fails: find the bug in window.py")).toBe("python3 -m unittest");
    expect(checkOf("mend src/a.js; npm test and `npm run check` must pass")).toBe("npm run check");
    for (const words of ["make test data", "go test it", "see pytest.ini", "my-pytest", "npm test:unit", "npm tests"])
      expect(checkOf(words), words).toBeUndefined();
    const withArguments = [
      "npm test -- --grep foo fails",
      "so that node --test a.test.js passes",
      "python3 -m unittest discover -s tests fails",
      "cargo test -p foo must pass",
      "deno test --allow-read",
      "python3 -m pytest tests/a",
    ];
    for (const words of withArguments) expect(checkOf(words), words).toBeUndefined();
    expect(checkOf("mend it, then npm test. That is all.")).toBe("npm test");
    expect(checkOf("`npm test; rm -rf /`")).toBeUndefined();
  });

  it("is none that the task forbids, in backticks or not", () => {
    for (const command of ["npm test", "`npm test`"]) {
      const bans = [
        `Do not run ${command}; fix the typo`,
        `mend it without running ${command}`,
        `don't ${command}`,
        `Never use ${command}: it deploys`,
        `take care not to\nrun ${command}`,
        `Do not run ${command}. Well, npm test takes an hour.`,
        `do not ever run ${command}`,
        `do not run tests with ${command}`,
        `Please avoid running ${command}`,
        `You mustn’t execute the ${command} command`,
        `The change is small, so do not run\n  ${command}`,
      ];
      for (const words of bans) expect(checkOf(words), words).toBeUndefined();
    }
    expect(checkOf("Do not run `npm test`, but `npm run check`.")).toBe("npm run check");
    expect(checkOf("It does not work: run `npm test`.")).toBe("npm test");
  });

  it("is also one beside words that negate but forbid nothing", () => {
    for (const command of ["npm test", "`npm test`"]) {
      const tasks = [
        `Why doesn't ${command} pass? Fix it.`,
        `Why don't ${command} and the build pass?`,
        `Shouldn't ${command} pass?`,
        `I could not run ${command} here, fix it so ${command} passes`,
        `If it does not\n${command}`,
        `You should not\n\nrun ${command}`,
        `It is not done without ${command} passing`,
        `Do not say it is done without running ${command}`,
        `Never commit without running ${command}`,
      ];
      for (const words of tasks) expect(checkOf(words), words).toBe("npm test");
    }
    expect(checkOf("I want it done without `cargo test` failing")).toBe("cargo test");
  });

  it("is due when a file changed after it last ran", () => {
    expect(isUnchecked("npm test", [changed])).toBe(true);
    expect(isUnchecked("npm test", [changed, ran(1)])).toBe(false);
    expect(isUnchecked("npm test", [ran(0), changed])).toBe(true);
    expect(isUnchecked("npm test", [ran(0)])).toBe(false);
  });
});

describe.each(WIRES)("a check that may not run, on the %s wire", (wire) => {
  const task = "Write hi into a.txt, then run `npm test`.";
  const thread = { sandbox: "auto" as const, env: { PATH: "/nowhere" } };
  const write = called(wire, "write", { path: "a.txt", content: "hi" });

  it("is tried once and stands against no answer", async () => {
    const story = await openStory({ wire, thread, answers: [write, { text: "Done." }] });
    expect(await story.run(task)).toMatchObject({ reason: "done" });
    const [, check] = story.items("tool_call");
    expect(check).toMatchObject({ notation: "check", result: { refused: true } });
    expect(check?.result?.text).toContain("--allow 'npm'");
    expect(check?.result?.text).not.toContain("The last change");
    await story.settle();
  });

  it("is not tried where the model was refused it", async () => {
    const answers = [write, called(wire, "shell", { command: "npm test" }), { text: "Done." }];
    const story = await openStory({ wire, thread, answers });
    expect(await story.run(task)).toMatchObject({ reason: "done" });
    expect(story.items("tool_call").filter(({ notation }) => notation === "check")).toEqual([]);
    await story.settle();
  });
});

describe("facts against an end", () => {
  const small = { fileBlocks: true };
  const large = { fileBlocks: false };

  it("are advice or code without a change, and a last command that failed", () => {
    expect(factsAgainst("You should change line 3.", [], small)).toEqual(["unchanged"]);
    expect(factsAgainst("```js\nx\n```", [], small)).toEqual(["unchanged"]);
    expect(factsAgainst("You should look at it.", [changed], small)).toEqual([]);
    expect(factsAgainst("Done.", [changed, ran(1)], small)).toEqual(["command_failed"]);
    expect(factsAgainst("It adds two numbers.", [], small)).toEqual([]);
    expect(factsAgainst("You should change line 3.", [], large)).toEqual([]);
    expect(factsAgainst("Done.", [changed, ran(1)], large)).toEqual(["command_failed"]);
  });
});
