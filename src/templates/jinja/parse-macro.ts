import type { Parameter, Statement } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { closeTag, type OpenTag, parseBlock } from "./parse-block.ts";
import { parseExpression } from "./parse-expression.ts";
import { refuseConstant } from "./parse-target.ts";

/** Reads the rest of `{% macro name(parameters) %}` and its block. */
export function parseMacro(cursor: Cursor, open: OpenTag): Statement {
  const token = cursor.expect("name", "the name of the macro");
  refuseConstant(cursor, token.value, token);
  if (!cursor.is("operator", "(")) cursor.unexpected('"("');
  const parameters = parseParameters(cursor);
  const body = parseCallable(cursor, open);
  return { type: "macro", name: token.value, parameters, body, span: cursor.spanFrom(open.start) };
}

/** Reads the rest of `{% call(parameters) macro(…) %}` and its block. */
export function parseCallBlock(cursor: Cursor, open: OpenTag): Statement {
  const parameters = cursor.is("operator", "(") ? parseParameters(cursor) : [];
  const call = parseExpression(cursor);
  if (call.type !== "call") cursor.fail("expected a call", call.span, "write {% call name() %}");
  const body = parseCallable(cursor, open);
  return { type: "call_block", parameters, call, body, span: cursor.spanFrom(open.start) };
}

/** A macro's body is its own function: no loop around it can be left from inside. */
function parseCallable(cursor: Cursor, open: OpenTag) {
  const outer = cursor.loops;
  cursor.loops = 0;
  const { body } = parseBlock(cursor, open);
  cursor.loops = outer;
  closeTag(cursor);
  return body;
}

function parseParameters(cursor: Cursor): readonly Parameter[] {
  const parameters: Parameter[] = [];
  cursor.next();
  while (!cursor.is("operator", ")")) {
    if (parameters.length > 0) cursor.expect("operator", '"," or ")"', ",");
    const token = cursor.expect("name", "the name of a parameter");
    refuseConstant(cursor, token.value, token);
    if (parameters.some((each) => each.name === token.value))
      cursor.fail(`parameter "${token.value}" stands twice`, token);
    const value = cursor.skip("operator", "=") ? parseExpression(cursor) : undefined;
    if (!value && parameters.at(-1)?.default) {
      cursor.fail("a parameter without a default may not follow one with a default", token);
    }
    parameters.push({ type: "parameter", name: token.value, default: value, span: cursor.spanFrom(token.start) });
  }
  cursor.next();
  return parameters;
}
