import type { BinaryOperator, CompareOperator, Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseFiltersAndTests } from "./parse-filter.ts";
import { parsePostfix, parsePrimary } from "./parse-primary.ts";

/** Binary operators from the loosest level to the tightest; all of them, `**` too, group from the left as Jinja2 has them. */
const LEVELS: readonly ReadonlySet<string>[] = [
  new Set<BinaryOperator>(["+", "-"]),
  new Set<BinaryOperator>(["~"]),
  new Set<BinaryOperator>(["*", "/", "//", "%"]),
  new Set<BinaryOperator>(["**"]),
];

const COMPARISONS: ReadonlySet<string> = new Set<CompareOperator>(["==", "!=", "<", "<=", ">", ">="]);

/** Reads one expression, `a if b else c` included. */
export function parseExpression(cursor: Cursor): Expression {
  cursor.enter();
  const start = cursor.token.start;
  let value = parseOr(cursor);
  while (cursor.skip("name", "if")) {
    const test = parseOr(cursor);
    const otherwise = cursor.skip("name", "else") ? parseExpression(cursor) : undefined;
    value = { type: "conditional", value, test, otherwise, span: cursor.spanFrom(start) };
  }
  cursor.leave();
  return value;
}

/** Reads an expression that ends before an `if`: what a loop runs over, an `if` statement's own test. */
export function parseOr(cursor: Cursor): Expression {
  const start = cursor.token.start;
  let left = parseAnd(cursor);
  while (cursor.skip("name", "or")) {
    left = { type: "or", left, right: parseAnd(cursor), span: cursor.spanFrom(start) };
  }
  return left;
}

function parseAnd(cursor: Cursor): Expression {
  const start = cursor.token.start;
  let left = parseNot(cursor);
  while (cursor.skip("name", "and")) {
    left = { type: "and", left, right: parseNot(cursor), span: cursor.spanFrom(start) };
  }
  return left;
}

function parseNot(cursor: Cursor): Expression {
  const start = cursor.token.start;
  if (!cursor.skip("name", "not")) return parseComparison(cursor);
  cursor.enter();
  const operand = parseNot(cursor);
  cursor.leave();
  return { type: "unary", operator: "not", operand, span: cursor.spanFrom(start) };
}

function parseComparison(cursor: Cursor): Expression {
  const start = cursor.token.start;
  const first = parseBinary(cursor, 0);
  const rest: { operator: CompareOperator; operand: Expression }[] = [];
  for (let operator = takeComparison(cursor); operator; operator = takeComparison(cursor)) {
    rest.push({ operator, operand: parseBinary(cursor, 0) });
  }
  return rest.length === 0 ? first : { type: "compare", first, rest, span: cursor.spanFrom(start) };
}

function takeComparison(cursor: Cursor): CompareOperator | undefined {
  const { type, value } = cursor.token;
  if (type === "operator" && COMPARISONS.has(value)) return cursor.next().value as CompareOperator;
  if (type !== "name") return undefined;
  if (value === "in") {
    cursor.next();
    return "in";
  }
  if (value !== "not" || cursor.following.type !== "name" || cursor.following.value !== "in") return undefined;
  cursor.next();
  cursor.next();
  return "not in";
}

function parseBinary(cursor: Cursor, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return parseUnary(cursor, true);
  const start = cursor.token.start;
  let left = parseBinary(cursor, level + 1);
  while (cursor.token.type === "operator" && operators.has(cursor.token.value)) {
    const operator = cursor.next().value as BinaryOperator;
    left = { type: "binary", operator, left, right: parseBinary(cursor, level + 1), span: cursor.spanFrom(start) };
  }
  return left;
}

/** A sign takes what follows with its calls and subscripts, but filters and tests take the sign with it: `-1|abs` is 1. */
function parseUnary(cursor: Cursor, withFilters: boolean): Expression {
  const start = cursor.token.start;
  let value: Expression;
  if (cursor.is("operator", "-") || cursor.is("operator", "+")) {
    const operator = cursor.next().value as "-" | "+";
    cursor.enter();
    const operand = parseUnary(cursor, false);
    cursor.leave();
    value = { type: "unary", operator, operand, span: cursor.spanFrom(start) };
  } else value = parsePrimary(cursor);
  value = parsePostfix(cursor, value, start);
  return withFilters ? parseFiltersAndTests(cursor, value, start) : value;
}
