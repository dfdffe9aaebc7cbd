import type { Span } from "../../types/index.ts";
import type { Block, Statement } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseStatement } from "./parse-statement.ts";
import { parseTuple } from "./parse-tuple.ts";
import { endOf, unknownTag } from "./tag-names.ts";

/** A tag whose block is being read. */
export interface OpenTag {
  readonly name: string;
  /** The offset of its `{%`. */
  readonly start: number;
}

/** The statements of a whole template. */
export function parseBody(cursor: Cursor): Block {
  const body = parseStatements(cursor, undefined, []);
  if (!cursor.is("end")) cursor.unexpected("text or a tag");
  return body;
}

/**
 * Reads the rest of a tag and the statements after it, until a tag with one of `ends` as its name (by default `end…`), and passes that
 * name. What follows it is the caller's.
 * @returns the statements and the name that ended them.
 */
export function parseBlock(
  cursor: Cursor,
  open: OpenTag,
  ends: readonly string[] = [endOf(open.name)],
): { readonly body: Block; readonly end: string } {
  cursor.skip("operator", ":");
  closeTag(cursor);
  cursor.enter();
  const body = parseStatements(cursor, open, ends);
  cursor.leave();
  if (!cursor.is("end")) return { body, end: cursor.next().value };
  const needed = endOf(open.name);
  const span: Span = { start: open.start, end: cursor.source.indexOf(open.name, open.start) + open.name.length };
  return cursor.fail(`"{% ${open.name} %}" is never closed`, span, `it needs "{% ${needed} %}"`);
}

/** Passes the `%}` that ends a tag. */
export function closeTag(cursor: Cursor): void {
  cursor.expect("tag_close", '"%}"');
}

function parseStatements(cursor: Cursor, open: OpenTag | undefined, ends: readonly string[]): Statement[] {
  const body: Statement[] = [];
  for (;;) {
    const token = cursor.token;
    if (token.type === "text") {
      cursor.next();
      body.push({ type: "text", text: token.value, span: { start: token.start, end: token.end } });
    } else if (token.type === "raw") cursor.next();
    else if (token.type === "output_open") {
      cursor.next();
      const value = parseTuple(cursor);
      cursor.expect("output_close", '"}}"');
      body.push({ type: "output", value, span: cursor.spanFrom(token.start) });
    } else if (token.type === "tag_open") {
      cursor.next();
      if (cursor.is("name") && ends.includes(cursor.token.value)) return body;
      const name = cursor.expect("name", "the name of a tag");
      const statements = parseStatement(cursor, { name: name.value, start: token.start });
      if (!statements) return unknownTag(cursor, name, open);
      body.push(...statements);
    } else return body;
  }
}
