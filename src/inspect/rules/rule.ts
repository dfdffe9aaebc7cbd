import type {
  ClockReading,
  EngineMode,
  Rendering,
  RenderValue,
  TemplateCaps,
  TemplateTree,
} from "../../templates/index.ts";
import type { HalterError, ModelProfile, Span } from "../../types/index.ts";

/** `security` counts as an error where the finding is not merely a fact about the format. */
export type Severity = "error" | "warning" | "info" | "security";

/** What a rule cannot do without; where it is missing the rule is `skipped` with that reason. */
export type Need = "reference" | "tokenizer" | "server" | "gguf" | "vocabulary" | "tools";

/** Something a rule found in one template. */
export interface Finding {
  /** What is wrong, one sentence with the words that show it. */
  readonly message: string;
  /** The conversation that shows it, by name. */
  readonly fixture?: string;
  /** The first bytes that differ, in the rendered text. */
  readonly difference?: Difference;
  /** The place in the template's source, for rules that read it. */
  readonly span?: Span;
  /** Where it weighs otherwise than the rule says. */
  readonly severity?: Severity;
  /** What to do about it, where that is not what the rule says. */
  readonly fix?: string;
}

export interface Difference {
  /** Offset in UTF-16 units where the two texts part. */
  readonly at: number;
  /** Some characters from there on. */
  readonly expected: string;
  readonly got: string;
}

/** A check of chat templates, as data and a pure function. The catalogue gives each its id: letter of the group and number. */
export interface Rule {
  readonly id: string;
  /** What it demands, one line. */
  readonly title: string;
  readonly severity: Severity;
  /** What goes wrong without it and how it is looked for, for `halter rules explain`. */
  readonly about: string;
  /** What to do about a finding. */
  readonly fix: string;
  /** Public threads where it was seen: `llama.cpp #19905`. */
  readonly sources: readonly string[];
  readonly needs: readonly Need[];
  /** Runs also where there is no template, or one that does not parse. */
  readonly evenUnreadable?: true;
  check(subject: Subject): readonly Finding[] | Promise<readonly Finding[]>;
}

/** A message as foreign clients send it too: no field is certain. */
export type LooseMessage = Readonly<Record<string, RenderValue>>;

/** Something to render. Words to look for in the result are unique ASCII words. */
export interface Conversation {
  readonly name: string;
  readonly messages: readonly LooseMessage[];
  /** In the OpenAI wire form: `{type: "function", function: {…}}`. */
  readonly tools?: readonly RenderValue[];
  /** Variables beside the messages: `enable_thinking`. */
  readonly kwargs?: Readonly<Record<string, RenderValue>>;
}

export interface RenderOptions {
  /** Whose rules the engine follows. Default `llama.cpp`. */
  readonly mode?: EngineMode;
  /** Leave everything as it is: no rewrites, patches and variables of the server. Default false. */
  readonly raw?: boolean;
  /** The value of `add_generation_prompt`; `absent` leaves it undefined, as llama-server does for false. Default true. */
  readonly generate?: boolean | "absent";
  /** Default a fixed day. */
  readonly now?: ClockReading;
  /** The other engine renders as a JavaScript user of this template gets it. Default `own`. */
  readonly engine?: "own" | "hf";
}

/** What came of a render. */
export type Outcome =
  | ({ readonly type: "text" } & Pick<Rendering, "text" | "parts" | "reads" | "steps">)
  | {
      readonly type: "refused";
      /** One line: the template's own words where it raised, else what failed and where. */
      readonly message: string;
      /** True for the template's own `raise_exception`. */
      readonly raised: boolean;
      /** True where a limit of ours stopped the render, which another engine may not have. */
      readonly limited?: boolean;
      /** The failure with its place, excerpt and hint, where there was one. */
      readonly error?: HalterError;
    };

/** The template under examination and all a rule may ask about it. Renders are remembered, so ask again freely. */
export interface Subject {
  readonly name: string;
  readonly source: string;
  /** Undefined where it does not parse; then `parseError` says why, and renders are refused. */
  readonly tree: TemplateTree | undefined;
  readonly parseError: HalterError | undefined;
  readonly bosToken: string;
  readonly eosToken: string;
  /** What our own probes say that it can take; they decide the server's rewrites. */
  readonly caps: TemplateCaps;
  /** The profile that its fingerprint, markers or names lead to. */
  readonly profile: ModelProfile;
  render(conversation: Conversation, options?: RenderOptions): Outcome;
  /** The known-good template of the same family, where one is at hand. */
  readonly reference: Pick<Subject, "name" | "source" | "render"> | undefined;
  readonly tokenizer: Tokenizer | undefined;
  readonly server: ServerView | undefined;
  readonly gguf: GgufView | undefined;
  /** Whichever of the two knows the model's tokens, the tokenizer first. */
  readonly vocabulary: Tokenizer | GgufView | undefined;
  /** The tools that the user means to offer, in the wire form. */
  readonly tools: readonly RenderValue[] | undefined;
  /** Other templates that came with it, by name (`tool_use`). */
  readonly siblings: Readonly<Record<string, string>>;
}

/** The model's own tokenizer, as llama-server's `/tokenize` gives it. */
export interface Tokenizer {
  /** Token ids; `special` false reads control tokens as plain text. */
  tokenize(text: string, special: boolean): Promise<readonly number[]>;
  /** Ids at which generation stops, where known. */
  readonly endIds?: readonly number[];
  /** True where the tokenizer puts BOS in front by itself. */
  readonly addsBos?: boolean;
}

/** A running server with this template. */
export interface ServerView {
  readonly build: string | undefined;
  readonly caps: Readonly<Record<string, boolean>>;
  readonly chatTemplate: string | undefined;
  /** The server's own rendering. Throws `HalterError` where it refuses, and for what cannot be sent (content that is null). */
  applyTemplate(conversation: Conversation): Promise<string>;
  /** Whether the server can make a parser and a grammar for these tools; its words where it cannot. */
  tryTools(conversation: Conversation): Promise<string | undefined>;
}

/** The head of the GGUF file that the template came from, or that the server runs. */
export interface GgufView {
  readonly file: string;
  readonly architecture: string;
  /** Its own template; undefined where it has none. */
  readonly chatTemplate: string | undefined;
  /** Whether the tokenizer puts BOS in front; undefined where the file does not say. */
  readonly addsBos: boolean | undefined;
  /** What kind of token a text is as a whole; undefined where it is none. */
  tokenKind(text: string): TokenKind | undefined;
}

/** Kinds that GGUF knows: `control` tokens are hidden from output, `user_defined` ones are matched in any text. */
export type TokenKind = "normal" | "unknown" | "control" | "user_defined" | "unused" | "byte";
