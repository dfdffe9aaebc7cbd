import type { ServerHandler } from "./handlers.ts";

/** What a change of the rendered text depends on. */
export interface OutputContext {
  readonly handler: ServerHandler;
  readonly addGenerationPrompt: boolean;
  /** A token the server puts in front (or at the end) of every prompt by itself; empty where it does not. */
  readonly ownBos: string;
  readonly ownEos: string;
}

/** What became of a rendered text. */
export interface Finished {
  readonly text: string;
  /** What of the rendered text is left, in UTF-16 units; `text` is that and then `added`. */
  readonly kept: readonly [start: number, end: number];
  readonly added: string;
  /** What changed it, in order. */
  readonly changes: readonly Pick<OutputStep, "name" | "about">[];
}

/** A change at the edges of the rendered text. */
interface OutputStep {
  readonly name: string;
  readonly about: string;
  /** How many UTF-16 units go from the start and from the end, and what is put after the end; undefined where nothing is to do. */
  readonly run: (
    text: string,
    context: OutputContext,
  ) => { readonly start?: number; readonly end?: number; readonly added?: string } | undefined;
}

/** The server's changes after rendering (`common_chat_template_direct_apply_impl`, `gemma4.cpp`), in its order: what adds comes last. */
const OUTPUT_STEPS: readonly OutputStep[] = [
  {
    name: "strip-bos",
    about: "the begin token at the front is left out, because the server adds it when it tokenises",
    run: (text, { ownBos }) => (ownBos !== "" && text.startsWith(ownBos) ? { start: ownBos.length } : undefined),
  },
  {
    name: "strip-eos",
    about: "the end token at the end is left out, because the server adds it when it tokenises",
    run: (text, { ownEos }) => (ownEos !== "" && text.endsWith(ownEos) ? { end: ownEos.length } : undefined),
  },
  {
    name: "open-model-turn",
    about: "Gemma 4: a prompt that ends with a closed turn gets the opening of the model's turn",
    run: (text, { handler, addGenerationPrompt }) =>
      addGenerationPrompt && handler.startsWith("gemma4") && text.endsWith("<turn|>\n")
        ? { added: "<|turn>model\n" }
        : undefined,
  },
];

/** Makes of a rendered text what the server makes of it. */
export function finish(rendered: string, context: OutputContext): Finished {
  let [start, end, added] = [0, rendered.length, ""];
  const text = () => rendered.slice(start, end) + added;
  const changes = OUTPUT_STEPS.filter(({ run }) => {
    const change = run(text(), context);
    start += change?.start ?? 0;
    end -= change?.end ?? 0;
    added += change?.added ?? "";
    return change !== undefined;
  });
  return { text: text(), kept: [start, end], added, changes };
}
