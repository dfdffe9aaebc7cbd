import type { Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";

/** Reads `.name`, `.0`, `[key]` or `[start:stop:step]` after `object`, whose text begins at `start`. */
export function parseSubscript(cursor: Cursor, object: Expression, start: number): Expression {
  return cursor.next().value === "." ? parseAttribute(cursor, object, start) : parseItem(cursor, object, start);
}

function parseAttribute(cursor: Cursor, object: Expression, start: number): Expression {
  const token = cursor.token;
  if (token.type === "name") {
    cursor.next();
    return { type: "attribute", object, name: token.value, span: cursor.spanFrom(start) };
  }
  if (token.type !== "number" || !/^\d+$/.test(token.value)) return cursor.unexpected("a name or a whole number");
  cursor.next();
  const key: Expression = { type: "number", text: token.value, span: { start: token.start, end: token.end } };
  return { type: "item", object, key, span: cursor.spanFrom(start) };
}

function parseItem(cursor: Cursor, object: Expression, start: number): Expression {
  const keyStart = cursor.token.start;
  if (cursor.skip("operator", "]")) {
    const empty: Expression = { type: "tuple", items: [], span: { start: keyStart, end: keyStart } };
    return { type: "item", object, key: empty, span: cursor.spanFrom(start) };
  }
  const first = cursor.is("operator", ":") ? undefined : parseExpression(cursor);
  if (cursor.is("operator", ":")) {
    const stop = parseBound(cursor);
    const step = cursor.is("operator", ":") ? parseBound(cursor) : undefined;
    cursor.expect("operator", '"]"', "]");
    return { type: "slice", object, start: first, stop, step, span: cursor.spanFrom(start) };
  }
  if (!first) return cursor.unexpected("an expression");
  const items = [first];
  while (cursor.skip("operator", ",")) items.push(parseExpression(cursor));
  const keySpan = cursor.spanFrom(keyStart);
  cursor.expect("operator", '"]"', "]");
  const key: Expression = items.length === 1 ? first : { type: "tuple", items, span: keySpan };
  return { type: "item", object, key, span: cursor.spanFrom(start) };
}

/** Passes a colon and reads the expression after it, if one stands there. */
function parseBound(cursor: Cursor): Expression | undefined {
  cursor.next();
  return cursor.is("operator", "]") || cursor.is("operator", ":") ? undefined : parseExpression(cursor);
}
