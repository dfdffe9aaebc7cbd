import type { TemplateCaps } from "../caps.ts";
import { type ClockReading, strftime } from "../clock.ts";
import type { RenderValue } from "../engine.ts";
import type { ServerHandler } from "./handlers.ts";

type Variables = Readonly<Record<string, RenderValue>>;

/** Variables that follow from one another: what the server derives from `from` for templates that call it otherwise. */
interface Expansion {
  readonly name: string;
  readonly about: string;
  readonly expand: (variables: Variables) => Variables | undefined;
}

/** `common/jinja/caps.cpp`, b11434. */
const EXPANSIONS: readonly Expansion[] = [
  {
    name: "expand-preserve-reasoning",
    about: "preserve_reasoning is given under the names that templates use for it",
    expand: ({ preserve_reasoning: keep }) =>
      typeof keep === "boolean"
        ? { preserve_thinking: keep, clear_thinking: !keep, truncate_history_thinking: !keep, drop_thinking: !keep }
        : undefined,
  },
  {
    name: "expand-reasoning-effort",
    about: "reasoning_effort is given as reasoning_strength too",
    expand: ({ reasoning_effort: effort }) => (typeof effort === "string" ? { reasoning_strength: effort } : undefined),
  },
];

/** Special treatments all know reasoning; of the other templates the probes tell. */
export function thinks(caps: TemplateCaps, handler: ServerHandler): boolean {
  return caps.thinking || handler !== "other";
}

/** What a template is given beside messages and tools, and which expansions made some of it. */
export function variablesOf(input: {
  readonly kwargs: Variables;
  readonly now: ClockReading;
  readonly bosToken: string;
  readonly eosToken: string;
  readonly addGenerationPrompt: boolean;
  /** Whether the server found that the template can think; `enable_thinking` is that, unless the caller says otherwise. */
  readonly thinks: boolean;
}): { readonly variables: Variables; readonly expansions: readonly Pick<Expansion, "name" | "about">[] } {
  const { kwargs, now } = input;
  const used = EXPANSIONS.flatMap(({ name, about, expand }) => {
    const made = expand(kwargs);
    return made === undefined ? [] : [{ name, about, made }];
  });
  return {
    variables: {
      ...Object.assign({}, ...used.map(({ made }) => made)),
      bos_token: input.bosToken,
      eos_token: input.eosToken,
      enable_thinking: input.thinks,
      datetime: strftime(now, "%b %d %Y"),
      date_string: strftime(now, "%d %b %Y"),
      ...kwargs,
      ...(input.addGenerationPrompt && { add_generation_prompt: true }),
    },
    expansions: used.map(({ name, about }) => ({ name, about })),
  };
}
