import type { ArgumentList, Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseSubscript } from "./parse-subscript.ts";
import { parseTuple } from "./parse-tuple.ts";

/** Names that are values; nothing can be assigned to them. */
export const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);

/** Reads a name, a literal or something in brackets. */
export function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.token;
  if (token.type === "operator") return parseBracketed(cursor);
  if (token.type === "name") {
    const { value, start, end } = cursor.next();
    const constant = CONSTANTS.get(value);
    if (constant !== undefined) return { type: "constant", value: constant, span: { start, end } };
    return { type: "name", name: value, span: { start, end } };
  }
  if (token.type === "number") return { type: "number", text: cursor.next().value, span: cursor.spanFrom(token.start) };
  if (token.type !== "string") return cursor.unexpected("an expression");
  let value = "";
  while (cursor.is("string")) value += cursor.next().value;
  return { type: "string", value, span: cursor.spanFrom(token.start) };
}

function parseBracketed(cursor: Cursor): Expression {
  const start = cursor.token.start;
  if (cursor.skip("operator", "(")) {
    cursor.enter();
    const value = parseTuple(cursor, { canBeEmpty: true, start });
    cursor.expect("operator", '")"', ")");
    cursor.leave();
    return value.type === "tuple" && value.span.start === start ? { ...value, span: cursor.spanFrom(start) } : value;
  }
  if (cursor.skip("operator", "[")) {
    const items = parseList(cursor, "]", () => parseExpression(cursor));
    return { type: "list", items, span: cursor.spanFrom(start) };
  }
  if (!cursor.skip("operator", "{")) return cursor.unexpected("an expression");
  const entries = parseList(cursor, "}", () => {
    const key = parseExpression(cursor);
    cursor.expect("operator", '":"', ":");
    return { key, value: parseExpression(cursor) };
  });
  return { type: "dict", entries, span: cursor.spanFrom(start) };
}

/** Reads items with commas between them, and one after the last if it stands there, up to and with `closer`. */
function parseList<Item>(cursor: Cursor, closer: string, parseItem: () => Item): Item[] {
  const items: Item[] = [];
  while (!cursor.is("operator", closer)) {
    if (items.length > 0) cursor.expect("operator", `"," or "${closer}"`, ",");
    if (!cursor.is("operator", closer)) items.push(parseItem());
  }
  cursor.next();
  return items;
}

/** Reads the subscripts, attributes and calls that follow `value`, whose text begins at `start`. */
export function parsePostfix(cursor: Cursor, value: Expression, start: number): Expression {
  let object = value;
  while (cursor.token.type === "operator") {
    const operator = cursor.token.value;
    if (operator === "." || operator === "[") object = parseSubscript(cursor, object, start);
    else if (operator === "(") {
      object = { type: "call", callee: object, arguments: parseArguments(cursor), span: cursor.spanFrom(start) };
    } else break;
  }
  return object;
}

/** Reads `(a, b=1, *c, **d)`. */
export function parseArguments(cursor: Cursor): ArgumentList {
  cursor.next();
  const positional: Expression[] = [];
  const named: { name: string; value: Expression }[] = [];
  let spread: Expression | undefined;
  let spreadNamed: Expression | undefined;
  parseList(cursor, ")", () => {
    const token = cursor.token;
    if (cursor.skip("operator", "*")) {
      if (spread || spreadNamed) cursor.fail('only one "*" may stand here, before "**"', token);
      spread = parseExpression(cursor);
    } else if (cursor.skip("operator", "**")) {
      if (spreadNamed) cursor.fail('only one "**" may stand here', token);
      spreadNamed = parseExpression(cursor);
    } else if (token.type === "name" && cursor.following.type === "operator" && cursor.following.value === "=") {
      if (spreadNamed) cursor.fail('a named argument may not follow "**"', token);
      if (named.some((each) => each.name === token.value))
        cursor.fail(`argument "${token.value}" is given twice`, token);
      cursor.next();
      cursor.next();
      named.push({ name: token.value, value: parseExpression(cursor) });
    } else {
      if (spread || spreadNamed || named.length > 0) {
        cursor.fail("an argument without a name may not follow named ones", token, "put it first or name it");
      }
      positional.push(parseExpression(cursor));
    }
  });
  return { positional, named, spread, spreadNamed };
}
