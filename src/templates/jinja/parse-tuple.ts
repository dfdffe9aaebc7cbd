import type { Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";

/**
 * Reads `a` or, where commas stand, the tuple `a, b,`. It may be `()` where `canBeEmpty`. `parseItem` is for places where an `if` ends
 * the expression.
 */
export function parseTuple(
  cursor: Cursor,
  options: {
    readonly canBeEmpty?: boolean;
    readonly start?: number;
    readonly parseItem?: (cursor: Cursor) => Expression;
  } = {},
): Expression {
  const parseItem = options.parseItem ?? parseExpression;
  const start = options.start ?? cursor.token.start;
  const items: Expression[] = [];
  let isTuple = false;
  while (!endsTuple(cursor)) {
    items.push(parseItem(cursor));
    if (!cursor.skip("operator", ",")) break;
    isTuple = true;
  }
  const first = items[0];
  if (!isTuple && first) return first;
  if (!first && !options.canBeEmpty) cursor.unexpected("an expression");
  return { type: "tuple", items, span: cursor.spanFrom(start) };
}

function endsTuple(cursor: Cursor): boolean {
  const { type, value } = cursor.token;
  if (type === "output_close" || type === "tag_close") return true;
  return type === "operator" && value === ")";
}
