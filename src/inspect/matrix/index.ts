import type { RenderValue } from "../../templates/index.ts";
import { departure, sharedLength } from "../rules/differences.ts";
import type { Conversation, Difference, Subject } from "../rules/rule.ts";
import { type Transition, transitions } from "./transitions.ts";

/** A way in which a model is run. */
interface Setting {
  readonly name: "on" | "off" | "preserve";
  readonly about: string;
  readonly thinks: boolean;
  readonly kwargs: Readonly<Record<string, RenderValue>>;
}

/** Neither yes nor no: the template is left to what it does by itself, whatever the server's default is. */
const UNSAID = null;

/** The columns of the matrix. */
export const SETTINGS: readonly Setting[] = [
  {
    name: "on",
    about: "thinking on; what the template does by itself, as servers before b11549 run it",
    thinks: true,
    kwargs: { enable_thinking: true, preserve_reasoning: UNSAID },
  },
  {
    name: "off",
    about: "thinking off",
    thinks: false,
    kwargs: { enable_thinking: false, preserve_reasoning: UNSAID },
  },
  {
    name: "preserve",
    about:
      "thinking on, preserve_reasoning set: earlier reasoning is kept where the template can; later servers do this unasked",
    thinks: true,
    kwargs: { enable_thinking: true, preserve_reasoning: true },
  },
];

/**
 * What of the earlier prompt the next one begins with. `ok`: all of it. `tail`: all but something of what opened the answer, which
 * costs nothing worth naming. `deep`: less, so that whole messages are read again. `refused`: the template takes one of them not.
 */
export type Stability = "ok" | "tail" | "deep" | "refused";

/** One step of a session under one setting. */
export interface Cell {
  readonly id: string;
  readonly about: string;
  readonly setting: Setting["name"];
  readonly stability: Stability;
  /** Characters (UTF-16 units) of the earlier prompt that are lost; 0 where all is kept or nothing was rendered. */
  readonly lost: number;
  /** Where the two prompts part. */
  readonly difference?: Difference;
  /** The template's words, where it refused. */
  readonly refusal?: string;
  /** For `deep`: a variable of the template, and the value that makes the step ok or costs the tail alone. */
  readonly mend?: { readonly name: string; readonly value: boolean };
}

type Renders = Pick<Subject, "render">;

/** Steps in rows and settings in columns: how much of each prompt the server can keep. Renders some sixty prompts of a few lines. */
export function stabilityMatrix(subject: Renders, settings: readonly Setting[] = SETTINGS): readonly Cell[] {
  return settings.flatMap(({ name, thinks, kwargs }) =>
    transitions(thinks, kwargs).map((transition) => {
      const cell = judge(subject, transition, name);
      const mend = cell.stability === "deep" ? mending(subject, transition) : undefined;
      return { ...cell, ...(mend && { mend }) };
    }),
  );
}

function judge(subject: Renders, { id, about, before, after }: Transition, setting: Setting["name"]): Cell {
  const cell = { id, about, setting, lost: 0 };
  const cached = subject.render(before);
  const next = subject.render(after);
  if (cached.type === "refused") return { ...cell, stability: "refused", refusal: cached.message };
  if (next.type === "refused") return { ...cell, stability: "refused", refusal: next.message };
  const difference = departure(cached.text, next.text);
  if (!difference) return { ...cell, stability: "ok" };
  const kept = cached.text.length - opening(subject, before).length;
  const stability = difference.at >= kept ? "tail" : "deep";
  return { ...cell, stability, lost: cached.text.length - difference.at, difference };
}

/** What opens the answer at the end of this prompt; empty where the template adds nothing or refuses. */
function opening(subject: Renders, conversation: Conversation): string {
  const prompt = subject.render(conversation);
  const bare = subject.render(conversation, { generate: "absent" });
  if (prompt.type === "refused" || bare.type === "refused") return "";
  return prompt.text.slice(sharedLength(bare.text, prompt.text));
}

/** What a template is always given; other values would make another conversation of it. */
const GIVEN = new Set([
  "messages",
  "tools",
  "documents",
  "add_generation_prompt",
  "bos_token",
  "eos_token",
  "enable_thinking",
  "preserve_reasoning",
]);
/** How many of a template's own variables are tried. */
const TRIED = 12;

/** Tries each variable that the template looks at as a switch, whatever its name; one that opens the answer otherwise is no remedy. */
function mending(subject: Renders, transition: Transition): Cell["mend"] {
  const { before, after } = transition;
  const outcome = subject.render(after);
  if (outcome.type === "refused") return undefined;
  const names = [...outcome.reads].filter((path) => !path.includes(".") && !GIVEN.has(path)).slice(0, TRIED);
  const tries = names.flatMap((name) => [true, false].map((value) => ({ name, value })));
  return tries.find(({ name, value }) => {
    const given = (conversation: Conversation): Conversation => ({
      ...conversation,
      kwargs: { ...conversation.kwargs, [name]: value },
    });
    const changed = { ...transition, before: given(before), after: given(after) };
    const { stability } = judge(subject, changed, "on");
    const isMended = stability === "ok" || stability === "tail";
    return isMended && opening(subject, changed.before) === opening(subject, before);
  });
}
