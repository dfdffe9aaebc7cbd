import type { TemplateTree } from "./ast.ts";
import { Cursor, DEPTH_LIMIT } from "./cursor.ts";
import { lex } from "./lexer.ts";
import { parseBody } from "./parse-block.ts";
import { templateError } from "./source.ts";
import { walk } from "./walk.ts";

/** The longest source that is read, in UTF-16 units; real chat templates stay below 20 KB. */
const SOURCE_LIMIT = 256 * 1024;

/**
 * Reads a chat template as Jinja2 3.1 does in transformers' environment: trim_blocks, lstrip_blocks, loop controls, `{% generation %}`;
 * one line end at the very end is dropped. `{% do %}` is read too.
 * @throws HalterError `template_failed` with line and column in its data, an excerpt in its message, and a hint where one helps; for a
 * source beyond our own bounds of size and depth its data have `limited`.
 */
export function parseTemplate(source: string, options: { readonly name?: string } = {}): TemplateTree {
  const name = options.name ?? "template";
  if (source.length > SOURCE_LIMIT) {
    const what = `${source.length} characters of source, more than the ${SOURCE_LIMIT} that halter reads,`;
    const hint = "chat templates seldom have more than 20,000: look whether this file is one, and move data out of it";
    const data = { limited: true };
    throw templateError({ name, source: source.slice(0, SOURCE_LIMIT) }, { start: 0, end: 1 }, { what, hint, data });
  }
  const normalised = normaliseLines(source);
  const cursor = new Cursor(name, normalised, lex(normalised));
  const body = parseBody(cursor);
  for (const visit of walk(body)) if (visit.depth > DEPTH_LIMIT) cursor.tooDeep(visit.node.span);
  return { name, source: normalised, body };
}

function normaliseLines(source: string): string {
  const lines = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  return lines.endsWith("\n") ? lines.slice(0, -1) : lines;
}
