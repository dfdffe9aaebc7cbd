import { chooseFamily } from "../../src/agent/family.ts";
import { commonStart, withoutEnding } from "../../src/inspect/learn/edges.ts";
import { learnFormat } from "../../src/inspect/learn/format.ts";
import { createParser, resolveCall } from "../../src/parsers/index.ts";
import { loadProfiles, matchProfile } from "../../src/profiles/index.ts";
import { type CompiledTemplate, compileTemplate, probeThinking, render } from "../../src/templates/index.ts";
import { HalterError, type Message, type ParserSpec, type ToolSpec } from "../../src/types/index.ts";

/** What an assistant says in one message. */
export interface Said {
  readonly content: string;
  readonly reasoning: string;
  readonly calls: readonly SaidCall[];
}

export interface SaidCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A message in its place: the prompt before it, and the prompt that has it. */
export interface Rendered {
  readonly said: Said;
  readonly prompt: string;
  readonly whole: string;
  /** What the model would have to write: from the end of what both share to the end of the message. */
  readonly raw: string;
  /** The prompt's end that the finished message does not have; empty where the whole goes on from the prompt. */
  readonly extra: string;
}

/** Parameters of each type; every template can print them. */
export const TRIP_TOOLS: readonly ToolSpec[] = [
  {
    name: "write",
    description: "Writes a file",
    parameters: {
      type: "object",
      properties: {
        path: { type: "string", description: "Path" },
        content: { type: "string", description: "Text" },
      },
      required: ["path", "content"],
    },
  },
  {
    name: "set_values",
    description: "Sets values",
    parameters: {
      type: "object",
      properties: {
        count: { type: "integer", description: "Number" },
        share: { type: "number", description: "Number" },
        strict: { type: "boolean", description: "Yes or no" },
        names: { type: "array", items: { type: "string" }, description: "Names" },
      },
      required: ["count"],
    },
  },
];

const TIME = new Date("2026-03-01T10:00:00");

/** A template with the format its answers are read in, as a thread would choose it. */
export class RoundTrip {
  readonly spec: ParserSpec;
  readonly #template: CompiledTemplate;
  readonly #prompt: string;
  #end = "";

  private constructor(template: CompiledTemplate, spec: ParserSpec) {
    this.#template = template;
    this.spec = spec;
    this.#prompt = this.#text([USER], true) ?? "";
    const words = this.render({ content: "Endwordzq", reasoning: "", calls: [] });
    this.#end = words?.raw.split("Endwordzq")[1] ?? "";
  }

  static async of(chatTemplate: string): Promise<RoundTrip> {
    const match = matchProfile(loadProfiles(), { chatTemplate });
    const { spec } = await chooseFamily(match, { chatTemplate }, learnFormat);
    return new RoundTrip(await compileTemplate(chatTemplate), spec);
  }

  /** The template knows of reasoning. */
  get thinks(): boolean {
    const { thinking, channels } = this.spec;
    return channels !== undefined || (thinking?.open ?? []).some((literal) => this.#template.source.includes(literal));
  }

  /** Undefined where the template refuses. */
  render(said: Said): Rendered | undefined {
    const whole = this.#text([USER, this.#message(said)], false);
    if (whole === undefined) return undefined;
    const start = commonStart(this.#prompt, whole).length;
    const extra = this.#prompt.slice(start);
    return { said, prompt: this.#prompt, whole, raw: withoutEnding(whole.slice(start), this.#end), extra };
  }

  /** What our parser makes of it, arguments fitted to their tools, outer white space aside. */
  parse({ said, raw, extra }: Rendered): Said {
    const { spec } = this;
    const { open = [], close = [] } = spec.thinking ?? {};
    const markup = withoutValues(raw, said, close);
    const has = (literals: readonly string[]): boolean => literals.some((literal) => markup.includes(literal));
    // An end of reasoning without its beginning: that stands in the prompt, though the finished message has lost it.
    const kept = has(close) && !has(open) ? "" : extra;
    const asked = this.#prompt.slice(0, this.#prompt.length - kept.length);
    const generationPrompt = asked.slice(asked.lastIndexOf(USER.content) + USER.content.length);
    const { thinkingOpen } = probeThinking(generationPrompt, spec.thinking);
    let id = 0;
    const parser = createParser(spec, {
      tools: TRIP_TOOLS,
      thinkingOpen,
      generationPrompt,
      newId: () => `c${id++}`,
    });
    const text = { text: "", reasoning: "" };
    const calls: SaidCall[] = [];
    for (const event of [...parser.push(raw), ...parser.end()]) {
      if (event.type === "text" || event.type === "reasoning") text[event.type] += event.text;
      else if (event.type === "candidate_closed") text[event.as] += event.text;
      else if (event.type === "tool_call") {
        const resolved = resolveCall(event.call, TRIP_TOOLS);
        const input = resolved.type === "ready" ? resolved.input : { malformed: event.call.arguments };
        calls.push({ name: event.call.name, input });
      }
    }
    return { content: text.text.trim(), reasoning: text.reasoning.trim(), calls };
  }

  #message({ content, reasoning, calls }: Said): Message {
    return {
      role: "assistant",
      content,
      ...(reasoning !== "" && { reasoning_content: reasoning }),
      ...(calls.length > 0 && {
        tool_calls: calls.map(({ name, input }, index) => ({
          id: this.spec.id === "kimi-k2" ? `functions.${name}:${index}` : `a1b2c3d4${index}`,
          type: "function" as const,
          function: { name, arguments: JSON.stringify(input) },
        })),
      }),
    };
  }

  #text(messages: readonly Message[], addGenerationPrompt: boolean): string | undefined {
    const prompt = { messages, tools: TRIP_TOOLS, kwargs: {} };
    try {
      return render(this.#template, { prompt, addGenerationPrompt, bosToken: "<s>", eosToken: "</s>", now: TIME }).text;
    } catch (error) {
      if (error instanceof HalterError) return undefined;
      throw error;
    }
  }
}

/** The text without the values in it that hold one of `literals`, as they are or as JSON has them. */
function withoutValues(raw: string, { calls }: Said, literals: readonly string[]): string {
  const values = calls.flatMap(({ input }) => Object.values(input)).filter((value) => typeof value === "string");
  const written = values
    .flatMap((value) => [JSON.stringify(value).slice(1, -1), value])
    .filter((text) => literals.some((literal) => text.includes(literal)));
  return written.reduce((text, value) => text.replaceAll(value, ""), raw);
}

const USER: Message = { role: "user", content: "Userwordzq" };
