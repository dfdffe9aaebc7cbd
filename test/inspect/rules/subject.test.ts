import { describe, expect, it } from "vitest";
import { conversations, withKwargs } from "../../../src/inspect/rules/conversations.ts";
import { day } from "../../../src/inspect/rules/day.ts";
import type { Conversation, Outcome } from "../../../src/inspect/rules/rule.ts";
import { subjectOf } from "../../support/template-rules.ts";

const CHATML =
  "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}" +
  "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

const words = (outcome: Outcome) => (outcome.type === "text" ? outcome.text : `refused: ${outcome.message}`);

describe("a subject", () => {
  it("renders a conversation once for each set of options", async () => {
    const subject = await subjectOf(CHATML);
    const first = subject.render(conversations.plain);
    expect(words(first)).toBe("<|im_start|>user\nASKZQ please<|im_end|>\n<|im_start|>assistant\n");
    expect(subject.render(conversations.plain, { mode: "llama.cpp", generate: true })).toBe(first);
    expect(subject.render({ ...conversations.plain })).not.toBe(first);
    expect(words(subject.render(conversations.plain, { generate: false }))).not.toContain("assistant");
  });

  it("tells false from absent, raw from rewritten, one day from another", async () => {
    const prompting = await subjectOf("{{ add_generation_prompt is defined }} {{ enable_thinking is defined }}");
    const { plain } = conversations;
    expect(words(prompting.render(plain, { generate: false }))).toBe("True True");
    expect(words(prompting.render(plain, { generate: "absent" }))).toBe("False True");
    expect(words(prompting.render(plain, { raw: true }))).toBe("True False");
    const dated = await subjectOf("{{ strftime_now('%Y') }}");
    expect(words(dated.render(plain))).toBe("2026");
    expect(words(dated.render(plain, { now: day(1999, 11, 31) }))).toBe("1999");
    expect(words(dated.render(plain, { now: day(1999, 11, 31), engine: "hf" }))).toBe("1999");
  });

  it("rewrites as the server does, unless asked not to", async () => {
    const subject = await subjectOf("{% for m in messages %}{{ m.role }}:{{ m.content }};{% endfor %}");
    const { developer, nullContent } = conversations;
    expect(words(subject.render(developer))).toBe("system:DEVELOPERZQ rules;user:ASKZQ please;");
    expect(words(subject.render(developer, { raw: true }))).toBe("developer:DEVELOPERZQ rules;user:ASKZQ please;");
    expect(words(subject.render(nullContent, { mode: "transformers", raw: true }))).toContain("assistant:None;");
  });

  it("leaves out what is not given, or says none as transformers does", async () => {
    const subject = await subjectOf("{{ tools is defined }} {{ tools is none }} {{ documents is none }}");
    const { plain } = conversations;
    expect(words(subject.render(plain, { raw: true }))).toBe("False False False");
    expect(words(subject.render(plain, { raw: true, mode: "transformers" }))).toBe("True True True");
  });

  it("has each engine's own ways", async () => {
    const subject = await subjectOf("{{ 'xxaxx'.strip('x') }}{{ true }}");
    const { plain } = conversations;
    expect(words(subject.render(plain))).toBe("aTrue");
    expect(words(subject.render(plain, { engine: "hf" }))).toBe("xxaxxtrue");
  });

  it("never throws: what cannot be rendered is refused", async () => {
    const raising = await subjectOf("{{ raise_exception('no ' ~ messages[0].content) }}");
    expect(raising.render(conversations.plain)).toMatchObject({
      type: "refused",
      message: "no ASKZQ please",
      raised: true,
    });
    const failing = await subjectOf("{{ messages.nothing.at_all() }}");
    expect(failing.render(conversations.plain)).toMatchObject({ type: "refused", raised: false });
    const broken = await subjectOf("{% if %}");
    expect(broken.parseError?.message).toContain("line 1");
    expect(broken.tree).toBeUndefined();
    for (const engine of ["own", "hf"] as const) {
      expect(broken.render(conversations.plain, { engine })).toMatchObject({ type: "refused" });
    }
    const history: Conversation = {
      name: "broken arguments",
      messages: [
        { role: "assistant", content: "", tool_calls: [{ type: "function", function: { name: "f", arguments: "{" } }] },
      ],
    };
    const parsing = await subjectOf(
      "{% for m in messages %}{{ m.content }}{% for c in m.tool_calls %}{{ c.function.name }}{{ c.function.arguments | tojson }}{% endfor %}{% endfor %}{{ tools | tojson }}",
    );
    expect(parsing.render(history)).toMatchObject({ type: "refused", message: expect.stringContaining("no JSON") });
  });

  it("stops what runs without end, soon for good, and never gives it to the other engine", async () => {
    const subject = await subjectOf("{% for a in range(20000) %}{% for b in range(20000) %}x{% endfor %}{% endfor %}");
    for (const engine of ["own", "hf"] as const) {
      expect(subject.render(conversations.plain, { engine })).toMatchObject({ type: "refused", limited: true });
    }
    const all = Object.values(conversations).map((conversation) => subject.render(conversation));
    expect(all.every((outcome) => outcome.type === "refused")).toBe(true);
    expect(words(all.at(-1)!)).toMatch(/passed the limit/);
    // The last ones are not run: they get the failure of those before.
    expect(all.at(-1)).toBe(all.at(-2));
  });

  it("goes on after one conversation that had to be stopped", async () => {
    const { longTurns, plain } = conversations;
    const length = longTurns.messages.length;
    const subject = await subjectOf(
      `{% macro again() %}{{ again() }}{% endmacro %}{% if messages | length == ${length} %}{{ again() }}{% endif %}done`,
    );
    expect(subject.render(longTurns, { raw: true })).toMatchObject({ type: "refused", limited: true });
    expect(words(subject.render(plain, { raw: true }))).toBe("done");
  });

  it("renders within the whole of halter's limits, and names the one that stopped it as its own", async () => {
    const counting = (rounds: number) =>
      `{% for i in range(${rounds}) %}{% for j in range(100) %}{% set k = j %}{% endfor %}{% endfor %}done`;
    const heavy = (await subjectOf(counting(8_000))).render(conversations.plain);
    if (heavy.type !== "text") throw new Error(heavy.message);
    expect(heavy.steps).toBeGreaterThan(1_000_000);
    expect(heavy.steps).toBeLessThan(5_000_000);
    const endless = (await subjectOf(counting(100_000))).render(conversations.plain);
    expect(words(endless)).toMatch(
      /^refused: the render passed the limit of 5,002,000 steps \(halter's own\) in test, line 1/,
    );
  });

  it("says of the other engine why it was not tried", async () => {
    const subject = await subjectOf(
      "{% for i in range(1000) %}{% for j in range(100) %}{% set k = j %}{% endfor %}{% endfor %}done",
    );
    expect(words(subject.render(conversations.plain))).toBe("done");
    expect(words(subject.render(conversations.plain, { engine: "hf" }))).toMatch(/has no limits: .* 200,000 steps$/);
  });

  it("says where the text comes from", async () => {
    const outcome = (await subjectOf(CHATML)).render(conversations.plain);
    if (outcome.type !== "text") throw new Error(outcome.message);
    expect(outcome.parts).toContainEqual({ text: "ASKZQ please", path: ["messages", 0, "content"] });
    expect(outcome.reads).toContain("messages.0.content");
  });

  it("has its family's profile and a reference that renders with the same tokens", async () => {
    const source = "{{ bos_token }}[AVAILABLE_TOOLS][INST]{{ messages[0].content }}[/INST][TOOL_CALLS]";
    const subject = await subjectOf(source, { bosToken: "<s>", reference: { name: "other", source: `${source}!` } });
    expect(words(subject.reference!.render(conversations.plain))).toBe(
      "<s>[AVAILABLE_TOOLS][INST]ASKZQ please[/INST][TOOL_CALLS]!",
    );
    expect(subject.profile.id).toBe("mistral");
  });
});

describe("the shared conversations", () => {
  it("have names of their own, and words that are no part of one another", () => {
    const all = Object.values(conversations);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    const found = new Set(JSON.stringify(all).match(/\b[A-Z]+ZQ\b/g));
    expect(found.size).toBeGreaterThan(15);
    for (const word of found) expect([...found].filter((other) => other.includes(word))).toEqual([word]);
  });

  it("can be given variables", () => {
    const silent = withKwargs(conversations.plain, { enable_thinking: false });
    expect(silent).toMatchObject({ name: "plain (enable_thinking=false)", kwargs: { enable_thinking: false } });
  });
});
