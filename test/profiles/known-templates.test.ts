import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { templateRules } from "../../src/inspect/rules/index.ts";
import { knownDefects, loadKnownTemplates, loadProfiles } from "../../src/profiles/index.ts";
import { knownTemplatesSchema, templateDefectsSchema } from "../../src/types/template-data.ts";
import { describeCorpora } from "../support/corpora.ts";
import { isOfficial } from "../support/template-rules.ts";

const folder = path.join(import.meta.dirname, "..", "..", "models");
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), "utf8"));

describe("known templates", () => {
  const known = loadKnownTemplates();
  const defects = templateDefectsSchema.parse(read("template-defects.json"));

  it("have the form that they should have", () => {
    expect(knownTemplatesSchema.parse(read("templates.json"))).toEqual(known);
    expect(Object.values(known).filter(({ official }) => official).length).toBeGreaterThan(40);
  });

  it("are no profiles", () => {
    expect(loadProfiles().every(({ id, match }) => id && match)).toBe(true);
    expect(readdirSync(folder).length).toBe(loadProfiles().length + 3);
  });

  it("have defects of rules that there are, each with its source, once", () => {
    const ids = new Set(templateRules.map(({ id }) => id));
    for (const [fingerprint, { name, defects: list }] of Object.entries(defects)) {
      expect(known[fingerprint]?.name, name).toBe(name);
      expect(
        list.map(({ rule }) => rule).filter((rule) => !ids.has(rule)),
        name,
      ).toEqual([]);
      expect(new Set(list.map(({ rule }) => rule)).size, name).toBe(list.length);
      expect(
        list.every(({ source }) => source.length > 5),
        name,
      ).toBe(true);
      expect(knownDefects(fingerprint)).toEqual(list);
    }
    expect(knownDefects("0".repeat(64))).toEqual([]);
  });
});

describeCorpora("official templates of the corpus", (templates) => {
  it("are of every family that matters", () => {
    const families = templates.filter(isOfficial).map(({ family }) => family);
    expect(families).toEqual(
      expect.arrayContaining([
        "qwen",
        "glm-4.5+",
        "gpt-oss",
        "minimax",
        "deepseek",
        "kimi",
        "mistral",
        "gemma",
        "llama3",
      ]),
    );
  });
});
