import type { ServerHandler } from "./handlers.ts";

/** What a change of the rendered text depends on. */
export interface OutputContext {
  readonly handler: ServerHandler;
  readonly addGenerationPrompt: boolean;
  /** A token the server puts in front (or at the end) of every prompt by itself; empty where it does not. */
  readonly ownBos: string;
  readonly ownEos: string;
}

/** A change of the rendered text; the same text comes back where nothing is to do. */
export interface OutputStep {
  readonly name: string;
  readonly about: string;
  readonly run: (text: string, context: OutputContext) => string;
}

/** The server's changes after rendering (`common_chat_template_direct_apply_impl`, `gemma4.cpp`), in its order. */
export const OUTPUT_STEPS: readonly OutputStep[] = [
  {
    name: "strip-bos",
    about: "the begin token at the front is left out, because the server adds it when it tokenises",
    run: (text, { ownBos }) => (ownBos !== "" && text.startsWith(ownBos) ? text.slice(ownBos.length) : text),
  },
  {
    name: "strip-eos",
    about: "the end token at the end is left out, because the server adds it when it tokenises",
    run: (text, { ownEos }) => (ownEos !== "" && text.endsWith(ownEos) ? text.slice(0, -ownEos.length) : text),
  },
  {
    name: "open-model-turn",
    about: "Gemma 4: a prompt that ends with a closed turn gets the opening of the model's turn",
    run: (text, { handler, addGenerationPrompt }) =>
      addGenerationPrompt && handler.startsWith("gemma4") && text.endsWith("<turn|>\n")
        ? `${text}<|turn>model\n`
        : text,
  },
];
