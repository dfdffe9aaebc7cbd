import type { GgufView, ServerView, Tokenizer } from "../rules/rule.ts";

/** A chat template and what came with it, from wherever it was read. */
export interface TemplateSource {
  /** For headings: the file's name, or the server's model. */
  readonly name: string;
  /** Empty where the place holds no template. */
  readonly source: string;
  readonly bosToken: string | undefined;
  readonly eosToken: string | undefined;
  /** Other templates of the same model, by name. */
  readonly siblings: Readonly<Record<string, string>>;
  /** Ids at which generation ends, where the place tells. */
  readonly endIds?: readonly number[];
  readonly model?: string;
  readonly gguf?: GgufView;
  readonly server?: ServerView;
  readonly tokenizer?: Tokenizer;
  /** What is wrong with the file that the template was read from, though the template could be read: a sentence. */
  readonly damage?: string;
  /** What a reader should know of where it came from, a sentence each. */
  readonly notes: readonly string[];
  /** Lets go of what was opened for it. */
  close?(): Promise<void>;
}
