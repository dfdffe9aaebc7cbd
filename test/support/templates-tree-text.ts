import type { ArgumentList, Block, Expression, Parameter, Statement, Target } from "../../src/templates/jinja/ast.ts";

/** A tree as nested parentheses, in the notation of `fixtures/templates/trees.jsonl`. */
export function treeText(block: Block): string {
  return `[${block.map(statement).join(" ")}]`;
}

function statement(node: Statement): string {
  switch (node.type) {
    case "text":
      return JSON.stringify(node.text);
    case "output":
      return list("out", expression(node.value));
    case "if":
      return list("if", expression(node.test), treeText(node.body), treeText(node.otherwise));
    case "for":
      return list(
        "for",
        target(node.target),
        expression(node.iterable),
        optional(node.test),
        node.recursive ? "recursive" : "_",
        treeText(node.body),
        treeText(node.otherwise),
      );
    case "set":
      return list("set", target(node.target), expression(node.value));
    case "set_block":
      return list("set-block", target(node.target), expression(node.filter), treeText(node.body));
    case "macro":
      return list("macro", node.name, parameters(node.parameters), treeText(node.body));
    case "call_block":
      return list("call-block", parameters(node.parameters), expression(node.call), treeText(node.body));
    case "filter_block":
      return list("filter-block", expression(node.filter), treeText(node.body));
    case "with":
      return list(
        "with",
        ...node.values.map((each) => `${target(each.target)}=${expression(each.value)}`),
        treeText(node.body),
      );
    case "generation":
      return list("generation", treeText(node.body));
    case "do":
      return list("do", expression(node.value));
    default:
      return node.type;
  }
}

function expression(node: Expression): string {
  switch (node.type) {
    case "string":
      return JSON.stringify(node.value);
    case "number":
      return /[.e]/i.test(node.text) ? `${Number(node.text)}f` : String(BigInt(node.text));
    case "constant":
      return node.value === null ? "None" : node.value ? "True" : "False";
    case "name":
      return node.name;
    case "list":
    case "tuple":
      return list(node.type, ...node.items.map(expression));
    case "dict":
      return list("dict", ...node.entries.map((each) => list(expression(each.key), expression(each.value))));
    case "attribute":
      return list(".", expression(node.object), node.name);
    case "item":
      return list("[]", expression(node.object), expression(node.key));
    case "slice":
      return list("[:]", expression(node.object), optional(node.start), optional(node.stop), optional(node.step));
    case "call":
      return list("call", expression(node.callee), ...given(node.arguments));
    case "filter":
      return list("|", node.name, expression(node.object), ...given(node.arguments));
    case "test": {
      const test = list("is", node.name, expression(node.object), ...given(node.arguments));
      return node.negated ? list("not", test) : test;
    }
    case "unary":
      return list({ not: "not", "-": "neg", "+": "pos" }[node.operator], expression(node.operand));
    case "binary":
      return list(node.operator, expression(node.left), expression(node.right));
    case "compare":
      return list(
        "compare",
        expression(node.first),
        ...node.rest.map((each) => `${each.operator} ${expression(each.operand)}`),
      );
    case "and":
    case "or":
      return list(node.type, expression(node.left), expression(node.right));
    case "conditional":
      return list("if", expression(node.test), expression(node.value), optional(node.otherwise));
    case "captured":
      return "captured";
  }
}

function given({ positional, named, spread, spreadNamed }: ArgumentList): string[] {
  return [
    ...positional.map(expression),
    ...named.map((each) => `${each.name}=${expression(each.value)}`),
    ...(spread ? [`*${expression(spread)}`] : []),
    ...(spreadNamed ? [`**${expression(spreadNamed)}`] : []),
  ];
}

function target(node: Target): string {
  if (node.type === "name") return node.name;
  return node.type === "attribute" ? list(".", node.object, node.name) : list("tuple", ...node.items.map(target));
}

function parameters(nodes: readonly Parameter[]): string {
  return list(...nodes.map((each) => (each.default ? `${each.name}=${expression(each.default)}` : each.name)));
}

function optional(node: Expression | undefined): string {
  return node ? expression(node) : "_";
}

function list(...parts: readonly string[]): string {
  return `(${parts.join(" ")})`;
}
