import type { RenderValue } from "../../templates/index.ts";
import type { ParameterSchema, ToolSpec } from "../../types/index.ts";
import type { LooseMessage } from "../rules/rule.ts";
import { assistant, call, calling, result, user } from "../rules/words.ts";

/** Words that stand in no template and are no part of one another: where they are found is where the template put them. */
export const WORDS = {
  user: "Userwordzq",
  next: "Nextwordzq",
  content: "Contentwordzq",
  reasoning: "Reasonwordzq",
  result: "Resultwordzq",
  name: "probe_alpha_zq",
  otherName: "sample_beta_zq",
  key: "firstkeyzq",
  otherKey: "secondkeyzq",
  value: "Valuewordzq",
  otherValue: "Thirdwordzq",
} as const;

/** Ids of calls that begin and end differently, in the nine characters that every template takes. */
export const IDS = ["a1b2c3d4e", "z9y8x7w6v"] as const;

export const USER = user(WORDS.user);

/** Two tools that take the same: texts, and one parameter of each other type. `optional`: the schema of a text that may be null. */
const probeTools = (optional: ParameterSchema): readonly ToolSpec[] =>
  [WORDS.name, WORDS.otherName].map((name) => ({
    name,
    description: "A tool.",
    parameters: {
      type: "object",
      properties: {
        [WORDS.key]: { type: "string", description: "A text." },
        [WORDS.otherKey]: { type: "string", description: "Another text." },
        integer: { type: "integer", description: "A number." },
        number: { type: "number", description: "A number." },
        flag: { type: "boolean", description: "Yes or no." },
        nothing: { ...optional, description: "A text or nothing." },
        list: { type: "array", items: { type: "string" }, description: "A list." },
        object: {
          type: "object",
          properties: { inner: { type: "string" }, count: { type: "integer" } },
          description: "An object.",
        },
      },
      required: [],
    },
  }));

/** As templates are given them: some cannot print a list of types. */
export const PROBE_TOOLS = probeTools({ type: "string", nullable: true });

/** As parsers are given them. */
export const PARSED_TOOLS = probeTools({ type: ["string", "null"] });

/** A call of a probe, before it has an id. */
export interface ProbeCall {
  readonly name: string;
  readonly input: Readonly<Record<string, RenderValue>>;
}

/** How the ids of calls look: random, or `functions.NAME:INDEX` for templates that print the id in place of the name. */
export type IdStyle = "random" | "named";

/** The id of a probe's call at this place in its message. */
function idOf({ name }: ProbeCall, index: number, style: IdStyle): string {
  return style === "named" ? `functions.${name}:${index}` : (IDS[index] ?? `q${index}q${index}q${index}q${index}q`);
}

/** An assistant message with these calls. */
export function callMessage(calls: readonly ProbeCall[], style: IdStyle, more: LooseMessage = {}): LooseMessage {
  const entries = calls.map((one, index) => call(one.name, one.input, idOf(one, index, style)));
  return calling(entries, { content: "", ...more });
}

/** The results that follow it. */
export function results(calls: readonly ProbeCall[], style: IdStyle): readonly LooseMessage[] {
  return calls.map((one, index) => result(WORDS.result, one.name, idOf(one, index, style)));
}

/** An assistant message in words. */
export const textMessage = (more: LooseMessage = {}): LooseMessage => assistant(WORDS.content, more);
