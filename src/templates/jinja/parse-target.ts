import type { Span } from "../../types/index.ts";
import type { Target } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { CONSTANTS } from "./parse-primary.ts";

/**
 * Reads what is assigned to: a name, a tuple of names, with or without parentheses, and with `attributes` also `namespace.name`.
 */
export function parseTarget(cursor: Cursor, attributes = false): Target {
  const start = cursor.token.start;
  const items = [parseOne(cursor, attributes)];
  let isTuple = false;
  while (cursor.skip("operator", ",")) {
    isTuple = true;
    if (cursor.is("tag_close") || cursor.is("operator", ")")) break;
    items.push(parseOne(cursor, attributes));
  }
  return isTuple ? { type: "tuple", items, span: cursor.spanFrom(start) } : items[0]!;
}

function parseOne(cursor: Cursor, attributes: boolean): Target {
  if (!cursor.is("operator", "(")) return parseName(cursor, attributes);
  const start = cursor.next().start;
  cursor.enter();
  const inner: Target = cursor.is("operator", ")") ? emptyTuple(start) : parseTarget(cursor);
  cursor.expect("operator", '")"', ")");
  cursor.leave();
  return inner.type === "tuple" ? { ...inner, span: cursor.spanFrom(start) } : inner;
}

function emptyTuple(start: number): Target {
  return { type: "tuple", items: [], span: { start, end: start } };
}

function parseName(cursor: Cursor, attributes: boolean): Target {
  const token = cursor.expect("name", "a name to assign to");
  if (attributes && !CONSTANTS.has(token.value) && cursor.skip("operator", ".")) {
    const { value } = cursor.expect("name", "the name of an attribute");
    return { type: "attribute", object: token.value, name: value, span: cursor.spanFrom(token.start) };
  }
  refuseConstant(cursor, token.value, token);
  return { type: "name", name: token.value, span: cursor.spanFrom(token.start) };
}

/** Ends parsing if `name` is a value, such as `true`, which nothing can be assigned to. */
export function refuseConstant(cursor: Cursor, name: string, span: Span): void {
  if (CONSTANTS.has(name)) cursor.fail(`nothing can be assigned to "${name}"`, span);
}
