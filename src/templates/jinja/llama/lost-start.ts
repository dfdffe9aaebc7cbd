import type { Block, TemplateTree } from "../ast.ts";

/** One ASCII character, then blanks of the same line, then a `{%` or `{#`. */
const LOST = /^(?!\{\{)[\x00-\x7f][ \t\v\f\r]*(?=\{[%#])/;

/**
 * How much text at the start of a template llama.cpp loses: its lexer, looking back for the start of the line before a block, stops at
 * the template's first character without looking whether it is a blank (`current == 1` in `common/jinja/lexer.cpp`). `source` has its
 * line ends normalised; the result is in UTF-16 units, mostly 0.
 */
export function lostStart(source: string): number {
  return LOST.exec(source)?.[0].length ?? 0;
}

/** A template's body without the text that is lost. */
export function withoutLostStart({ source, body }: TemplateTree): Block {
  const [first, ...rest] = body;
  const lost = lostStart(source);
  return first?.type === "text" && first.span.start < lost ? rest : body;
}
