import { loadProfiles, matchProfile } from "../../profiles/index.ts";
import { loadPackageEngine, parseTemplate } from "../../templates/index.ts";
import { HalterError } from "../../types/index.ts";
import { FIXED_DAY } from "./day.ts";
import { Renderer } from "./renderer.ts";
import type { Conversation, GgufView, Outcome, RenderOptions, ServerView, Subject, Tokenizer } from "./rule.ts";

export interface SubjectInput {
  readonly name: string;
  readonly source: string;
  readonly bosToken?: string | undefined;
  readonly eosToken?: string | undefined;
  /** Other templates that came with it, by name. */
  readonly siblings?: Readonly<Record<string, string>>;
  /** A known-good template of the same family; it renders with the same tokens. */
  readonly reference?: { readonly name: string; readonly source: string } | undefined;
  readonly tokenizer?: Tokenizer | undefined;
  readonly server?: ServerView | undefined;
  readonly gguf?: GgufView | undefined;
  /** The tools that the user means to offer, in the wire form. */
  readonly tools?: Subject["tools"] | undefined;
  /** The model's name, which decides between families that share a template. */
  readonly model?: string | undefined;
}

/** Makes a template ready for the rules. Never throws for the template's sake: one that does not parse has `parseError`. */
export async function createSubject(input: SubjectInput): Promise<Subject> {
  const { name, source, bosToken = "", eosToken = "", reference, siblings = {}, model } = input;
  const tokens = { bosToken, eosToken, packageEngine: await loadPackageEngine() };
  const renderer = new Renderer({ name, source, ...tokens });
  const { tree, parseError } = parsed(name, source);
  const { profile } = matchProfile(loadProfiles(), { chatTemplate: source, model });
  return {
    name,
    source,
    tree,
    parseError,
    bosToken,
    eosToken,
    profile,
    siblings,
    get caps() {
      return renderer.caps;
    },
    render: remembering(renderer),
    reference: reference && {
      ...reference,
      render: remembering(new Renderer({ ...reference, ...tokens })),
    },
    tokenizer: input.tokenizer,
    server: input.server,
    gguf: input.gguf,
    vocabulary: input.tokenizer ?? input.gguf,
    tools: input.tools,
  };
}

function parsed(name: string, source: string): Pick<Subject, "tree" | "parseError"> {
  try {
    return { tree: parseTemplate(source, { name }), parseError: undefined };
  } catch (error) {
    if (!(error instanceof HalterError)) throw error;
    return { tree: undefined, parseError: error };
  }
}

/** Renders each conversation (the same object) once for each set of options. */
function remembering(renderer: Renderer): Subject["render"] {
  const known = new WeakMap<Conversation, Map<string, Outcome>>();
  return (conversation, options = {}) => {
    let outcomes = known.get(conversation);
    if (!outcomes) {
      outcomes = new Map();
      known.set(conversation, outcomes);
    }
    const key = keyOf(options);
    let outcome = outcomes.get(key);
    if (!outcome) {
      outcome = renderer.render(conversation, options);
      outcomes.set(key, outcome);
    }
    return outcome;
  };
}

function keyOf({ mode = "llama.cpp", raw = false, generate = true, engine = "own", now = FIXED_DAY }: RenderOptions) {
  const day = [now.getFullYear(), now.getMonth(), now.getDate(), now.getHours(), now.getMinutes(), now.getSeconds()];
  return [engine, mode, raw, generate, ...day].join(" ");
}
