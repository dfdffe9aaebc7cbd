import { describe, expect, it } from "vitest";
import { rules } from "../../../src/inspect/rules/e/index.ts";
import type { Conversation, GgufView, ServerView, Subject } from "../../../src/inspect/rules/rule.ts";
import { loadKnownTemplates, templateFingerprint } from "../../../src/profiles/index.ts";
import { HalterError } from "../../../src/types/index.ts";
import { describeCorpora } from "../../support/corpora.ts";
import { subjectOf } from "../../support/template-rules.ts";

const CHATML =
  "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{%- endfor %}" +
  "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";
const PLAIN = "{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}";

function serverOf(source: string, more: Partial<ServerView>): ServerView {
  return {
    build: "b10600-abc",
    caps: {},
    chatTemplate: source,
    applyTemplate: async () => "",
    tryTools: async () => undefined,
    ...more,
  };
}

const gguf = (chatTemplate: string): GgufView => ({
  file: "model.gguf",
  architecture: "qwen3",
  chatTemplate,
  addsBos: false,
  tokenKind: () => undefined,
});

const words = async (text: string) => text.split(" ").map((_, index) => index);

async function ask(id: string, source: string, more: Parameters<typeof subjectOf>[1] = {}) {
  const rule = rules.find((each) => each.id === id)!;
  return (await rule.check(await subjectOf(source, more))).map(({ message }) => message);
}

describe("rules on engines and servers", () => {
  /** A server that renders as we do, changed by `change`. */
  async function faithful(
    source: string,
    change: (text: string, conversation: Conversation) => string,
  ): Promise<ServerView> {
    const own: Subject = await subjectOf(source);
    return serverOf(source, {
      applyTemplate: async (conversation) => {
        const outcome = own.render(conversation);
        if (outcome.type === "refused") throw new HalterError("bad_request", outcome.message);
        return change(outcome.text, conversation);
      },
    });
  }

  it("E01 compares bytes with the server's, refusals too", async () => {
    expect(await ask("E01", CHATML, { server: await faithful(CHATML, (text) => text) })).toEqual([]);
    const other = await faithful(CHATML, (text, { name }) => (name === "called" ? `${text} ` : text));
    expect(await ask("E01", CHATML, { server: other })).toEqual([expect.stringContaining("our prompt differs")]);
    const refusing = serverOf(CHATML, {
      applyTemplate: async () => {
        throw new HalterError("bad_request", "no");
      },
    });
    expect((await ask("E01", CHATML, { server: refusing }))[0]).toContain("the server refuses");
  });

  it("E01 forgives a date and a begin token that the server adds itself", async () => {
    const dated = `{{ bos_token }}{{ strftime_now('%d %b %Y') }}${PLAIN}`;
    const server = await faithful(dated, (text) => text.replace("15 Jan 2026", "16 Feb 2026"));
    expect(await ask("E01", dated, { server, bosToken: "<s>" })).toEqual([]);
  });

  it("E02 counts the tokens of both", async () => {
    const tokenizer = { tokenize: words };
    expect(await ask("E02", PLAIN, { tokenizer, server: await faithful(PLAIN, (text) => text) })).toEqual([]);
    const longer = await faithful(PLAIN, (text) => `${text} more`);
    expect((await ask("E02", PLAIN, { tokenizer, server: longer }))[0]).toMatch(
      /our prompt has \d+ tokens, the server's/,
    );
  });

  it("E03 names the rewrites", async () => {
    expect((await ask("E03", PLAIN))[0]).toContain("developer-to-system");
  });

  it("E04 tells which engine renders otherwise", async () => {
    expect(await ask("E04", PLAIN)).toEqual([]);
    const [transformers, javascript] = await ask(
      "E04",
      `{% for m in messages %}{{ [m.role] }}{{ m.content }}{% endfor %}`,
    );
    expect(transformers).toContain("transformers and llama.cpp disagree");
    expect(javascript).toContain("@huggingface/jinja and llama.cpp disagree");
  });

  it("E06 tells a fallback from a template of choice", async () => {
    const own = { gguf: gguf(PLAIN) };
    expect(await ask("E06", PLAIN, { ...own, server: serverOf(PLAIN, {}) })).toEqual([]);
    expect((await ask("E06", PLAIN, { ...own, server: serverOf(CHATML, {}) }))[0]).toContain("fell back to ChatML");
    expect((await ask("E06", PLAIN, { ...own, server: serverOf(`${PLAIN}!`, {}) }))[0]).toContain("another template");
  });

  it("E07 knows builds", async () => {
    const at = (build: string | undefined) => ask("E07", PLAIN, { server: serverOf(PLAIN, { build }) });
    expect(await at("b9000-abc")).toEqual([expect.stringContaining("older than any build")]);
    expect(await at("b10587-3f545becc")).toEqual([expect.stringContaining("empty grammar stack")]);
    expect(await at("b11000-abc")).toEqual([]);
    expect(await at(undefined)).toEqual([]);
  });
});

describeCorpora("rules on engines and servers, over the corpus", (templates) => {
  it("E05 knows the templates that Ollama replaces", async () => {
    const replaced = templates.find(({ source }) =>
      loadKnownTemplates()[templateFingerprint(source)]?.source.includes("chat-template-automap"),
    );
    expect(await ask("E05", replaced!.source)).toEqual([expect.stringContaining("Ollama recognises this template")]);
    expect(await ask("E05", PLAIN)).toEqual([]);
  });
});
