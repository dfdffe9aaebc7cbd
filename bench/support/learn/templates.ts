import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { learn } from "../../../src/inspect/learn/index.ts";
import { roundTrips, type Trip } from "../../../src/inspect/learn/round-trip.ts";
import { createSubject } from "../../../src/inspect/rules/subject.ts";
import type { ParserSpec } from "../../../src/types/index.ts";

interface Entry {
  readonly name: string;
  readonly file: string;
  readonly family: string;
  readonly bos_token: string | null;
  readonly eos_token: string | null;
}

/** What was learned from one template. */
export interface LearnedTemplate {
  readonly name: string;
  readonly family: string;
  /** Undefined where the template shows no calls, or nothing could be learned: `reason`. */
  readonly spec: ParserSpec | undefined;
  readonly reason: string | undefined;
  readonly trips: readonly Trip[];
}

/** The corpus of templates beside this checkout, or where `HALTER_SHARED` says. */
export const TEMPLATES = path.join(
  process.env.HALTER_SHARED ?? path.join(import.meta.dirname, "..", "..", "..", "..", "shared"),
  "corpora",
  "templates",
);

/** Learns from every template of a folder with an `index.json`, one after the other; none where there is no such folder. */
export async function learnAll(folder: string): Promise<LearnedTemplate[]> {
  const index = path.join(folder, "index.json");
  const entries = existsSync(index) ? (JSON.parse(readFileSync(index, "utf8")) as Entry[]) : [];
  const learned: LearnedTemplate[] = [];
  for (const entry of entries) learned.push(await learnOne(folder, entry));
  return learned;
}

async function learnOne(folder: string, { name, file, family, bos_token, eos_token }: Entry): Promise<LearnedTemplate> {
  const source = readFileSync(path.join(folder, file), "utf8");
  const tokens = { bosToken: bos_token ?? "", eosToken: eos_token ?? "" };
  const { spec, reason, answers } = learn(await createSubject({ name, source, ...tokens }));
  return { name, family, spec, reason, trips: spec ? roundTrips(answers, spec) : [] };
}
