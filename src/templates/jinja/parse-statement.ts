import type { Block, Expression, Statement } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { closeTag, type OpenTag, parseBlock } from "./parse-block.ts";
import { parseExpression, parseOr } from "./parse-expression.ts";
import { parseFilter } from "./parse-filter.ts";
import { parseCallBlock, parseMacro } from "./parse-macro.ts";
import { parseTarget } from "./parse-target.ts";
import { parseTuple } from "./parse-tuple.ts";

type ParseTag = (cursor: Cursor, open: OpenTag) => Statement;

const TAGS: ReadonlyMap<string, ParseTag> = new Map<string, ParseTag>([
  ["if", parseIf],
  ["for", parseFor],
  ["set", parseSet],
  ["macro", parseMacro],
  ["call", parseCallBlock],
  ["filter", parseFilterBlock],
  ["with", parseWith],
  ["generation", parseGeneration],
  ["break", parseLeaveLoop],
  ["continue", parseLeaveLoop],
  ["do", parseDo],
]);

/** Reads the rest of a tag whose name was passed, its block and end included. Undefined where the name is no tag's. */
export function parseStatement(cursor: Cursor, open: OpenTag): readonly Statement[] | undefined {
  if (open.name === "print") return parsePrint(cursor);
  const parse = TAGS.get(open.name);
  return parse ? [parse(cursor, open)] : undefined;
}

/** `start` is where the statement begins; for an `elif` that is its own tag, while `open` stays the `if` that needs an end. */
function parseIf(cursor: Cursor, open: OpenTag, start = open.start): Statement {
  const test = parseTuple(cursor, { parseItem: parseOr });
  const { body, end } = parseBlock(cursor, open, ["elif", "else", "endif"]);
  const otherwise = end === "endif" ? [] : parseOtherwise(cursor, open, end);
  if (end === "endif") closeTag(cursor);
  return { type: "if", test, body, otherwise, span: cursor.spanFrom(start) };
}

function parseOtherwise(cursor: Cursor, open: OpenTag, end: string): Block {
  if (end === "elif") {
    cursor.enter();
    const nested = parseIf(cursor, open, cursor.tagStart);
    cursor.leave();
    return [nested];
  }
  if (cursor.is("name", "if")) cursor.fail('unexpected "if" after "else"', cursor.token, 'write "elif"');
  const { body } = parseBlock(cursor, open);
  closeTag(cursor);
  return body;
}

function parseFor(cursor: Cursor, open: OpenTag): Statement {
  const target = parseTarget(cursor);
  cursor.expect("name", '"in"', "in");
  const iterable = parseTuple(cursor, { parseItem: parseOr });
  const test = cursor.skip("name", "if") ? parseExpression(cursor) : undefined;
  const recursive = cursor.skip("name", "recursive");
  const outer = cursor.loops;
  cursor.loops = outer + 1;
  const { body, end } = parseBlock(cursor, open, ["endfor", "else"]);
  cursor.loops = recursive ? 0 : outer;
  const otherwise = end === "else" ? parseBlock(cursor, open).body : [];
  cursor.loops = outer;
  closeTag(cursor);
  return { type: "for", target, iterable, test, recursive, body, otherwise, span: cursor.spanFrom(open.start) };
}

function parseSet(cursor: Cursor, open: OpenTag): Statement {
  const target = parseTarget(cursor, true);
  if (cursor.skip("operator", "=")) {
    const value = parseTuple(cursor);
    closeTag(cursor);
    return { type: "set", target, value, span: cursor.spanFrom(open.start) };
  }
  const filter = parseFilters(cursor, captured(cursor));
  const { body } = parseBlock(cursor, open);
  closeTag(cursor);
  return { type: "set_block", target, filter, body, span: cursor.spanFrom(open.start) };
}

function parseFilterBlock(cursor: Cursor, open: OpenTag): Statement {
  const subject = captured(cursor);
  const filter = parseFilters(cursor, parseFilter(cursor, subject, subject.span.start, true));
  const { body } = parseBlock(cursor, open);
  closeTag(cursor);
  return { type: "filter_block", filter, body, span: cursor.spanFrom(open.start) };
}

function parseFilters(cursor: Cursor, subject: Expression): Expression {
  let filter = subject;
  while (cursor.is("operator", "|")) filter = parseFilter(cursor, filter, subject.span.start);
  return filter;
}

/** Stands for a block's text where the block's filters begin. */
function captured(cursor: Cursor): Expression {
  return { type: "captured", span: { start: cursor.passedEnd, end: cursor.passedEnd } };
}

function parseWith(cursor: Cursor, open: OpenTag): Statement {
  const values: { target: ReturnType<typeof parseTarget>; value: Expression }[] = [];
  while (!cursor.is("tag_close")) {
    if (values.length > 0) cursor.expect("operator", '"," or "%}"', ",");
    const target = parseTarget(cursor);
    cursor.expect("operator", '"="', "=");
    values.push({ target, value: parseExpression(cursor) });
  }
  const { body } = parseBlock(cursor, open);
  closeTag(cursor);
  return { type: "with", values, body, span: cursor.spanFrom(open.start) };
}

function parseGeneration(cursor: Cursor, open: OpenTag): Statement {
  const { body } = parseBlock(cursor, open);
  closeTag(cursor);
  return { type: "generation", body, span: cursor.spanFrom(open.start) };
}

function parseLeaveLoop(cursor: Cursor, open: OpenTag): Statement {
  closeTag(cursor);
  const span = cursor.spanFrom(open.start);
  if (cursor.loops === 0) cursor.fail(`"{% ${open.name} %}" outside of a loop`, span);
  return { type: open.name as "break" | "continue", span };
}

function parseDo(cursor: Cursor, open: OpenTag): Statement {
  const value = parseTuple(cursor);
  closeTag(cursor);
  return { type: "do", value, span: cursor.spanFrom(open.start) };
}

/** `{% print a, b %}` is the outputs of `a` and of `b`. */
function parsePrint(cursor: Cursor): readonly Statement[] {
  const outputs: Statement[] = [];
  while (!cursor.is("tag_close")) {
    if (outputs.length > 0) cursor.expect("operator", '"," or "%}"', ",");
    const value = parseExpression(cursor);
    outputs.push({ type: "output", value, span: value.span });
  }
  closeTag(cursor);
  return outputs;
}
