import type { Section } from "../../src/context/index.ts";
import { type CompiledTemplate, render } from "../../src/templates/index.ts";
import type { ToolSpec } from "../../src/types/index.ts";

/** A part of the fixed prompt and its size. */
export interface PromptPart {
  readonly name: string;
  readonly tokens: number;
}

export interface FixedPrompt {
  /** Everything before the first words of the user. */
  readonly tokens: number;
  readonly parts: readonly PromptPart[];
}

export interface FixedPromptInput {
  readonly template: CompiledTemplate;
  readonly sections: readonly Section[];
  /** The system message that the sections make. */
  readonly assemble: (sections: readonly Section[]) => string;
  readonly tools: readonly ToolSpec[];
  readonly countTokens: (text: string) => Promise<number>;
}

const USER_WORDS = "USER-WORDS";

/**
 * Sizes of the fixed prompt and of its parts: a section or a tool counts what the prompt is shorter without it, and
 * what no part accounts for is the template's own.
 */
export async function measureFixedPrompt(input: FixedPromptInput): Promise<FixedPrompt> {
  const { sections, tools, countTokens } = input;
  const count = (someSections: readonly Section[], someTools: readonly ToolSpec[]) =>
    countTokens(textBeforeUser(input, someSections, someTools));
  const tokens = await count(sections, tools);
  const parts: PromptPart[] = [];
  for (const section of sections) {
    const without = await count(withoutOne(sections, section), tools);
    parts.push({ name: `section ${section.name}`, tokens: tokens - without });
  }
  for (const tool of tools) {
    parts.push({ name: `tool ${tool.name}`, tokens: tokens - (await count(sections, withoutOne(tools, tool))) });
  }
  const own = tokens - parts.reduce((sum, part) => sum + part.tokens, 0);
  return { tokens, parts: [...parts, { name: "template's own words", tokens: own }] };
}

function textBeforeUser(input: FixedPromptInput, sections: readonly Section[], tools: readonly ToolSpec[]): string {
  const { text } = render(input.template, {
    prompt: {
      messages: [
        { role: "system", content: input.assemble(sections) },
        { role: "user", content: USER_WORDS },
      ],
      tools,
      kwargs: {},
    },
    now: new Date(0),
  });
  return text.slice(0, text.lastIndexOf(USER_WORDS));
}

function withoutOne<T>(all: readonly T[], one: T): T[] {
  return all.filter((other) => other !== one);
}
