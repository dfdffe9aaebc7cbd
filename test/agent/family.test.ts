import { describe, expect, it } from "vitest";
import { learnFormat } from "../../src/inspect/learn/format.ts";
import { openStory } from "../support/agent.ts";

/** A model that no profile fits and whose markers no family has. */
const TEMPLATE = `
{%- for m in messages -%}
{{ '<|' ~ m.role ~ '|>' ~ m.content }}
{%- for c in m.tool_calls or [] %}<|use|>{{ c.function.name }}<|with|>{{ c.function.arguments | tojson }}<|used|>{% endfor -%}
{{ '<|over|>' }}
{%- endfor -%}
{%- if add_generation_prompt %}<|assistant|>{% endif -%}`;

const CALL = '<|use|>read<|with|>{"path": "note.txt"}<|used|>';

const story = (chatTemplate: string, learns: boolean) =>
  openStory({
    wire: "chat",
    server: { chatTemplate },
    files: { "note.txt": "The word is marmalade.\n" },
    answers: learns ? [{ text: CALL }, { text: "Marmalade." }] : [{ text: CALL }],
    thread: learns ? { learnFormat } : {},
  });

describe("a model of which nothing is known", () => {
  it("is read as its template writes calls", async () => {
    const { run, items, started, settle } = await story(TEMPLATE, true);
    expect(started.familyReason).toContain("as its template writes calls");
    expect((await run("Which word does note.txt hold?")).reason).toBe("done");
    expect(items("tool_call")).toMatchObject([
      {
        call: { name: "read" },
        notation: "native",
        result: { isError: false, text: expect.stringContaining("marmalade") },
      },
    ]);
    await settle();
  });

  it("is read in every notation there is where nobody learns", async () => {
    const { run, items, started } = await story(TEMPLATE, false);
    expect(started.familyReason).toContain("every notation");
    await run("Which word does note.txt hold?");
    expect(items("tool_call")).toEqual([]);
    expect(items("agent_message")[0]?.text).toBe(CALL);
  });

  it.each(["{{ messages | length }}", "{% if %}", "{% for m in messages %}{{ m.content }}{% endfor %}"])(
    "and so is one whose template teaches nothing: %s",
    async (template) => {
      expect(await learnFormat({ chatTemplate: template })).toBeUndefined();
    },
  );
});
