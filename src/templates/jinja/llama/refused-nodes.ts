import type { Expression, Target } from "../ast.ts";
import type { RefusedNode } from "../refused.ts";
import type { Visit } from "../walk.ts";

/** What the parser of llama.cpp refuses that its lexer lets pass (`common/jinja/parser.cpp`, August 2026). */
export const LLAMA_NODES: readonly RefusedNode[] = [
  { what: "{% with %}", is: ({ node }) => node.type === "with" },
  { what: "{% do %}", is: ({ node }) => node.type === "do" },
  {
    what: "{% print %}",
    is: ({ node }, source) => node.type === "output" && !source.startsWith("{{", node.span.start),
  },
  { what: "a recursive loop", is: ({ node }) => node.type === "for" && node.recursive },
  { what: "more than one filter in {% filter %}", is: hasFilterChain },
  { what: "{% call %} of anything but a name", is: ({ node }) => node.type === "call_block" && !callsName(node.call) },
  { what: "a test's argument without parentheses", is: hasBareArgument, until: 11549 },
  { what: "a filter after a test", is: filtersTest },
  {
    what: "an empty tuple or one that ends with a comma",
    is: ({ node }, source) => isTuple(node) && endsOpen(node, source),
  },
  { what: "a tuple without parentheses", is: isBareTuple },
];

function hasFilterChain({ node }: Visit): boolean {
  return node.type === "filter_block" && node.filter.type === "filter" && node.filter.object.type !== "captured";
}

function callsName(call: Expression): boolean {
  return call.type === "call" && call.callee.type === "name";
}

function hasBareArgument({ node }: Visit, source: string): boolean {
  if (node.type !== "test") return false;
  const first = node.arguments.positional[0];
  return first !== undefined && /\w\s*$/.test(source.slice(node.object.span.end, first.span.start));
}

function filtersTest({ node }: Visit, source: string): boolean {
  if (node.type !== "filter" || node.object.type !== "test") return false;
  return source.slice(node.object.span.end, node.span.end).trimStart().startsWith("|");
}

type Tuple = Extract<Expression | Target, { readonly type: "tuple" }>;

function isTuple(node: Visit["node"]): node is Tuple {
  return node.type === "tuple";
}

function endsOpen(tuple: Tuple, source: string): boolean {
  const last = tuple.items.at(-1);
  return !last || source.slice(last.span.end, tuple.span.end).includes(",");
}

/** Only `set` may give several values without parentheses. */
function isBareTuple({ role, node, parent }: Visit, source: string): boolean {
  if (role !== "expression" || node.type !== "tuple" || source[node.span.start] === "(") return false;
  return parent?.node.type !== "set";
}
