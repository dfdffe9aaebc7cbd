import { describe, expect, it } from "vitest";
import { parserSpecs } from "../../src/parsers/index.ts";
import { loadProfiles, matchProfile, templateFingerprint } from "../../src/profiles/index.ts";
import { modelProfileSchema } from "../../src/types/profile.ts";
import { describeCorpora } from "../support/corpora.ts";

const profiles = loadProfiles();

/** The parser a template's own text calls for, told by what it prints around a call. */
function parserByText(template: string): string {
  if (template.includes("<|channel|>") && template.includes("<|start|>")) return "harmony";
  if (template.includes("<function=") && template.includes("<parameter=")) return "qwen3-coder-xml";
  if (template.includes("<arg_key>") && template.includes("[gMASK]")) return "glm-xml";
  if (template.includes("<｜tool▁calls▁begin｜>")) return "deepseek-v3-json";
  return "hermes-json";
}

describe("profiles", () => {
  it("are there for every family, each file named by its id", () => {
    expect(profiles.map(({ id }) => id)).toEqual([
      ...["deepseek-v3.1", "deepseek-v3.2", "deepseek-v3", "gemma-4", "generic", "glm-4.5", "glm-5", "gpt-oss"],
      ...["kimi-k2", "kimi-k3", "llama-3", "llama-4", "minimax-m2", "minimax-m3", "mistral", "nemotron-3"],
      ...["qwen2.5-coder", "qwen2.5", "qwen3-coder", "qwen3.5", "qwen3", "step-3.5"],
    ]);
  });

  it.each(profiles)("$id fits the schema and says all of it", (profile) => {
    expect(modelProfileSchema.parse(profile)).toEqual(profile);
  });

  it.each(profiles)("$id is complete", ({ id, parser, match, sources }) => {
    expect(parserSpecs).toHaveProperty([parser as string]);
    expect(sources).not.toEqual([]);
    for (const name of match.names) expect(() => new RegExp(name)).not.toThrow();
    for (const hash of match.templates) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    if (id !== "generic") expect(match.names).not.toEqual([]);
  });
});

describe("matchProfile", () => {
  it.each([
    ["qwen2.5-coder-1.5b-instruct-q4_k_m.gguf", "qwen2.5-coder"],
    ["Qwen2.5-7B-Instruct", "qwen2.5"],
    ["qwen3:8b", "qwen3"],
    ["Qwen3-Next-80B-A3B", "qwen3"],
    ["Qwen3-Coder-30B-A3B-Instruct", "qwen3-coder"],
    ["Qwen3-Coder-Next", "qwen3-coder"],
    ["unsloth/Qwen3.6-35B-A3B-GGUF", "qwen3.5"],
    ["Nemotron-3-Nano-30B", "nemotron-3"],
    ["Step-3.5-Flash", "step-3.5"],
    ["GLM-4.7-Flash", "glm-4.5"],
    ["GLM-5.1", "glm-5"],
    ["gpt-oss-20b", "gpt-oss"],
    ["DeepSeek-R1-Distill-Qwen-32B", "deepseek-v3"],
    ["DeepSeek-V3.1-Terminus", "deepseek-v3.1"],
    ["deepseek-v3.2-exp", "deepseek-v3.2"],
    ["Kimi-K2.5", "kimi-k2"],
    ["MiniMax-M2.1", "minimax-m2"],
    ["Devstral-Small-2507", "mistral"],
    ["Meta-Llama-3.1-8B-Instruct", "llama-3"],
    ["gemma-4-31B-it", "gemma-4"],
  ])("knows %s by name", (model, id) => {
    expect(matchProfile(profiles, { model })).toMatchObject({ profile: { id }, by: "name" });
  });

  it("falls back to a profile that finds calls in text", () => {
    expect(matchProfile(profiles, { model: "something else" })).toMatchObject({
      profile: { id: "generic", parser: "hermes-json" },
      by: "fallback",
    });
  });

  it("trusts the template before the architecture, and that before the name", () => {
    const chatTemplate = "<|start|><|channel|><|message|>";
    expect(matchProfile(profiles, { chatTemplate, architecture: "qwen35", model: "GLM-5" })).toMatchObject({
      profile: { id: "gpt-oss" },
      by: "template markers",
    });
    expect(matchProfile(profiles, { architecture: "qwen35", model: "GLM-5" })).toMatchObject({
      profile: { id: "qwen3.5" },
      by: "architecture",
    });
  });

  it("lets the name decide between families that share an architecture", () => {
    const facts = { architecture: "qwen2", model: "Qwen2.5-7B" };
    expect(matchProfile(profiles, facts)).toMatchObject({ profile: { id: "qwen2.5" }, by: "architecture" });
  });

  it("finds the same fingerprint whatever the line ends and the last newline", () => {
    expect(templateFingerprint("a\r\nb\n\n")).toBe(templateFingerprint("a\nb"));
    expect(templateFingerprint("a\nb")).not.toBe(templateFingerprint("a\n b"));
  });
});

describeCorpora("matchProfile over the corpus", (templates) => {
  it("gives every template of these families the parser its text calls for", () => {
    const families = ["qwen", "glm-4.5+", "gpt-oss", "nemotron", "step"];
    const wrong = templates
      .filter(({ family, file }) => families.includes(family) && !file.includes("Nemotron-Nano-v2"))
      .map(({ file, source }) => ({ file, source, found: matchProfile(profiles, { chatTemplate: source }) }))
      .filter(({ found, source }) => found.profile.parser !== parserByText(source))
      .map(({ file, found }) => `${file}: ${found.profile.id} by ${found.by}`);
    expect(wrong).toEqual([]);
  });

  it("knows by their markers alone the templates whose fingerprints it knows", () => {
    const known = templates.map(({ source }) => ({ source, match: matchProfile(profiles, { chatTemplate: source }) }));
    const wrong = known
      .filter(({ match }) => match.by === "fingerprint")
      .map(({ source, match }) => ({
        match,
        edited: matchProfile(profiles, { chatTemplate: `${source}{# edited #}` }),
      }))
      .filter(({ match, edited }) => edited.profile.parser !== match.profile.parser)
      .map(({ match, edited }) => `${match.profile.id}: ${edited.profile.id} by ${edited.by}`);
    expect(wrong).toEqual([]);
  });
});
