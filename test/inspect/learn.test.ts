import { describe, expect, it } from "vitest";
import { learnAll } from "../../bench/support/learn/templates.ts";
import { learn } from "../../src/inspect/learn/index.ts";
import { roundTrips } from "../../src/inspect/learn/round-trip.ts";
import { createSubject } from "../../src/inspect/rules/subject.ts";
import { createParser } from "../../src/parsers/index.ts";
import { parserSpecSchema } from "../../src/types/parser-spec.ts";
import { describeCorpora } from "../support/corpora.ts";

const learnFrom = async (source: string) => learn(await createSubject({ name: "Made Up 1", source }));

/** A template of an invented model: `calls` renders one call as `call`, `sep` stands between two. */
const template = (call: string, { open = "", close = "", sep = "" } = {}) => `
{%- for m in messages -%}
{{ '<|' ~ m.role ~ '|>' }}
{%- if m.reasoning_content %}{{ '<ponder>' ~ m.reasoning_content ~ '</ponder>' }}{% endif -%}
{{ m.content }}
{%- if m.tool_calls %}${open}{% for c in m.tool_calls %}${call}{% if not loop.last %}${sep}{% endif %}{% endfor %}${close}{% endif -%}
{{ '<|end|>' }}
{%- endfor -%}
{%- if add_generation_prompt %}<|assistant|>{% endif -%}`;

const NAME = "{{ c.function.name }}";
const ARGUMENTS = "{{ c.function.arguments | tojson }}";
const EACH = "{% for k, v in c.function.arguments | items %}";
const VALUE = "{{ v if v is string else v | tojson }}";

/** Invented formats, each with what has to be seen in it. */
const FORMATS: readonly [what: string, source: string, syntax: unknown][] = [
  [
    "an object for each call, under keys of its own",
    template(`<do>{"tool": "${NAME}", "with": ${ARGUMENTS}}</do>`),
    { type: "json", nameKey: "tool", argumentsKey: "with" },
  ],
  [
    "a list of objects whose key is the name",
    template(`{"${NAME}": ${ARGUMENTS}}`, { open: "<calls>[", close: "]</calls>", sep: ", " }),
    { type: "json", nameKey: "", argumentsKey: "arguments" },
  ],
  [
    "a name, then the arguments",
    template(`<|use|>${NAME}<|with|>${ARGUMENTS}<|used|>`),
    { type: "named-json", separators: ["<|with|>"] },
  ],
  [
    "a name with the call's id behind it",
    template(`<|use|>${NAME}<|id|>{{ c.id }}<|with|>${ARGUMENTS}<|used|>`),
    { type: "named-json", id: "<|id|>", separators: ["<|with|>"] },
  ],
  [
    "Python",
    template(`${NAME}(${EACH}{{ k }}={{ v | tojson }}{% if not loop.last %}, {% endif %}{% endfor %})`, {
      open: "<run>[",
      close: "]</run>",
      sep: ", ",
    }),
    { type: "python", prefix: "" },
  ],
  [
    "tags",
    template(`<use tool="${NAME}">\n${EACH}<with key="{{ k }}">${VALUE}</with>\n{% endfor %}</use>`),
    expect.objectContaining({
      type: "tags",
      name: { open: '<use tool="', close: '"', end: ">" },
      key: { open: '<with key="', close: '"', end: ">" },
      value: { open: "", close: "</with>", lines: false },
      close: "</use>",
    }),
  ],
  [
    "tags with a flag for text",
    template(
      `<use tool="${NAME}">${EACH}<with key="{{ k }}" text="{{ 'yes' if v is string else 'no' }}">${VALUE}</with>{% endfor %}</use>`,
    ),
    expect.objectContaining({ textFlags: ['text="yes"'] }),
  ],
  [
    "a tag for the key and one for the value",
    template(`<use>${NAME}\n${EACH}<k>{{ k }}</k>\n<v>${VALUE}</v>\n{% endfor %}</use>`),
    expect.objectContaining({
      name: { open: "", close: "" },
      key: { open: "<k>", close: "</k>" },
      value: { open: "<v>", close: "</v>", lines: false },
    }),
  ],
];

describe("learn", () => {
  it.each(FORMATS)("%s", async (_, source, syntax) => {
    const { spec, answers } = await learnFrom(source);
    expect(spec?.calls.at(-1)?.syntaxes ?? spec?.calls[0]?.syntaxes).toContainEqual(syntax);
    expect(spec?.thinking).toEqual({ open: ["<ponder>"], close: ["</ponder>"] });
    const trips = roundTrips(answers, spec!);
    expect(trips.length).toBeGreaterThan(14);
    expect(trips.filter(({ passed }) => !passed)).toEqual([]);
  });

  it("gives a spec that stands up as JSON and as data of the parsers", async () => {
    const { spec } = await learnFrom(FORMATS[5]![1]);
    expect(parserSpecSchema.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
    const parser = createParser(spec!, { tools: [], thinkingOpen: false, newId: () => "call" });
    const text = '<ponder>which</ponder>Here:<use tool="look"><with key="path">a.ts</with></use>';
    const events = [...parser.push(text), ...parser.end()];
    expect(events.find(({ type }) => type === "reasoning")).toMatchObject({ text: "which" });
    expect(events.find(({ type }) => type === "tool_call")).toMatchObject({
      call: { name: "look", arguments: '{"path": "a.ts"}' },
      notation: "native",
    });
  });

  it("shows what it learned from as differences", async () => {
    const { differences } = await learnFrom(FORMATS[0]![1]);
    expect(differences.find(({ id }) => id === "R1")).toMatchObject({
      without: "",
      with: expect.stringMatching(/^<ponder>\w+<\/ponder>$/),
    });
    expect(differences.find(({ id }) => id === "T2")?.with).toMatch(/<do>\{"tool": "sample_beta_zq".*\}<\/do>$/);
  });

  it("finds the tags of reasoning by what opens the answer, where the template drops earlier reasoning", async () => {
    const forgetful = template(`<do>{"name": "${NAME}", "arguments": ${ARGUMENTS}}</do>`)
      .replace(/\{%- if m\.reasoning_content.*\n/, "")
      .replace("<|assistant|>{%", "<|assistant|>{{ '<ponder></ponder>' if enable_thinking is false }}{%");
    expect((await learnFrom(forgetful)).spec?.thinking).toEqual({ open: ["<ponder>"], close: ["</ponder>"] });
  });

  it("takes reasoning between control tokens for reasoning wherever it begins", async () => {
    const source = template(`<do>{"name": "${NAME}", "arguments": ${ARGUMENTS}}</do>`);
    const { spec } = await learnFrom(source.replace("<ponder>", "<|ponder|>").replace("</ponder>", "<|/ponder|>"));
    expect(spec?.thinking).toEqual({ open: ["<|ponder|>"], close: ["<|/ponder|>"], anywhere: true });
  });

  it("learns of a template that takes no conversation with the assistant at its end", async () => {
    const [, source, syntax] = FORMATS[0]!;
    const strict = `{% if messages[-1].role == 'assistant' %}{{ raise_exception('no') }}{% endif %}${source}`;
    expect((await learnFrom(strict)).spec?.calls.at(-1)?.syntaxes).toEqual([syntax]);
  });

  it("learns of a template that writes the id of a call for its name", async () => {
    const source = template(`<|use|>{{ c.id }}<|with|>${ARGUMENTS}<|used|>`);
    expect((await learnFrom(source)).spec?.calls).toHaveLength(1);
  });

  it("keeps what separates calls, and takes JSON in the markers of another notation too", async () => {
    const listed = template(`{"name": "${NAME}", "arguments": ${ARGUMENTS}}`, {
      open: "<calls>",
      close: "</calls>",
      sep: "<|and|>",
    });
    expect((await learnFrom(listed)).spec?.calls).toMatchObject([{ open: "<calls>", separators: ["<|and|>"] }]);
    expect((await learnFrom(FORMATS[4]![1])).spec?.calls[0]?.syntaxes).toContain("json");
  });

  it("names a spec by the words of the template's name", async () => {
    const { spec } = learn(await createSubject({ name: "(Made Up) 1!", source: FORMATS[0]![1] }));
    expect(spec?.id).toBe("learned-made-up-1");
  });

  it("says what does not come back with another spec, or outside of its markers", async () => {
    const { spec, answers } = await learnFrom(template(`<do>{"name": "${NAME}", "arguments": ${ARGUMENTS}}</do>`));
    const passed = (other: typeof spec) => roundTrips(answers, other!).filter((trip) => trip.passed);
    expect(passed(spec).length).toBeGreaterThan(14);
    expect(passed({ ...spec!, calls: [] })).toEqual([]);
    expect(passed((await learnFrom(FORMATS[5]![1])).spec)).toEqual([]);
  });

  it("says so where a template shows no calls", async () => {
    const { spec, reason } = await learnFrom("{% for m in messages %}{{ m.content }}{% endfor %}");
    expect({ spec, reason }).toEqual({ spec: undefined, reason: "the template shows no calls" });
  });
});

describeCorpora("the corpus of templates", (templates) => {
  it("at least 121 templates get back every call that they render", async () => {
    const whole = (await learnAll(templates)).filter(({ spec, trips }) => spec && trips.every(({ passed }) => passed));
    expect(whole.length).toBeGreaterThanOrEqual(121);
  }, 240_000);
});
