import type { ArgumentList, Expression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseArguments, parsePostfix, parsePrimary } from "./parse-primary.ts";
import type { TokenType } from "./tokens.ts";

const NONE: ArgumentList = { positional: [], named: [], spread: undefined, spreadNamed: undefined };

/** What may begin the argument of a test that is written without parentheses: `is divisibleby 3`. */
const ARGUMENT_STARTS: ReadonlySet<TokenType> = new Set<TokenType>(["name", "string", "number"]);
const ARGUMENT_BRACKETS: ReadonlySet<string> = new Set(["[", "{"]);
/** Names that go on with the expression instead. */
const NOT_ARGUMENTS: ReadonlySet<string> = new Set(["else", "or", "and"]);

/** Reads the filters, tests and calls that follow `value`, whose text begins at `start`. */
export function parseFiltersAndTests(cursor: Cursor, value: Expression, start: number): Expression {
  let subject = value;
  for (;;) {
    if (cursor.is("operator", "|")) subject = parseFilter(cursor, subject, start);
    else if (cursor.is("name", "is")) subject = parseTest(cursor, subject, start);
    else if (cursor.is("operator", "(")) {
      subject = { type: "call", callee: subject, arguments: parseArguments(cursor), span: cursor.spanFrom(start) };
    } else return subject;
  }
}

/** Reads `| name` or `| name(…)`; `|` may have been left out by the caller's grammar (`inline`). */
export function parseFilter(cursor: Cursor, object: Expression, start: number, inline = false): Expression {
  if (!inline) cursor.next();
  const name = parseDottedName(cursor, "the name of a filter");
  const given = cursor.is("operator", "(") ? parseArguments(cursor) : NONE;
  return { type: "filter", object, name, arguments: given, span: cursor.spanFrom(start) };
}

function parseTest(cursor: Cursor, object: Expression, start: number): Expression {
  cursor.next();
  const negated = cursor.skip("name", "not");
  const name = parseDottedName(cursor, "the name of a test");
  const given = cursor.is("operator", "(") ? parseArguments(cursor) : parseBareArgument(cursor);
  return { type: "test", object, name, negated, arguments: given, span: cursor.spanFrom(start) };
}

function parseBareArgument(cursor: Cursor): ArgumentList {
  const { type, value, start } = cursor.token;
  const begins = ARGUMENT_STARTS.has(type) || (type === "operator" && ARGUMENT_BRACKETS.has(value));
  if (!begins || (type === "name" && NOT_ARGUMENTS.has(value))) return NONE;
  if (type === "name" && value === "is") {
    cursor.fail('tests cannot be chained with "is"', cursor.token, 'join them with "and"');
  }
  return { ...NONE, positional: [parsePostfix(cursor, parsePrimary(cursor), start)] };
}

function parseDottedName(cursor: Cursor, expected: string): string {
  let name = cursor.expect("name", expected).value;
  while (cursor.skip("operator", ".")) name += `.${cursor.expect("name", "a name").value}`;
  return name;
}
