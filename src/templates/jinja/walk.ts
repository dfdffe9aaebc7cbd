import type { ArgumentList, Block, Expression, Parameter, Statement, Target } from "./ast.ts";

/** One node met on the way through a tree. A `target` is written to, an `expression` read. */
export type Visit = { readonly depth: number; readonly parent: Visit | undefined } & Branch;

type Branch =
  | { readonly role: "statement"; readonly node: Statement }
  | { readonly role: "expression"; readonly node: Expression }
  | { readonly role: "target"; readonly node: Target }
  | { readonly role: "parameter"; readonly node: Parameter };

/**
 * Every node below `body`, parents before children and children in the source's order; `depth` is 1 for the statements of `body`.
 * Needs no stack of its own, however deep the tree.
 */
export function* walk(body: Block): Generator<Visit, void, undefined> {
  const waiting: Visit[] = [];
  push(waiting, undefined, statements(body));
  for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
    yield visit;
    push(waiting, visit, branches(visit));
  }
}

function push(waiting: Visit[], parent: Visit | undefined, found: readonly Branch[]): void {
  const depth = (parent?.depth ?? 0) + 1;
  for (let index = found.length - 1; index >= 0; index -= 1) waiting.push({ ...found[index]!, depth, parent });
}

function branches(visit: Visit): readonly Branch[] {
  switch (visit.role) {
    case "statement":
      return ofStatement(visit.node);
    case "expression":
      return ofExpression(visit.node);
    case "target":
      return visit.node.type === "tuple" ? visit.node.items.map(target) : [];
    case "parameter":
      return expressions([visit.node.default]);
  }
}

function ofStatement(node: Statement): readonly Branch[] {
  switch (node.type) {
    case "text":
    case "break":
    case "continue":
      return [];
    case "output":
    case "do":
      return expressions([node.value]);
    case "if":
      return [...expressions([node.test]), ...statements(node.body), ...statements(node.otherwise)];
    case "for":
      return [
        target(node.target),
        ...expressions([node.iterable, node.test]),
        ...statements(node.body),
        ...statements(node.otherwise),
      ];
    case "set":
      return [target(node.target), ...expressions([node.value])];
    case "set_block":
      return [target(node.target), ...expressions([node.filter]), ...statements(node.body)];
    case "macro":
      return [...node.parameters.map(parameter), ...statements(node.body)];
    case "call_block":
      return [...node.parameters.map(parameter), ...expressions([node.call]), ...statements(node.body)];
    case "filter_block":
      return [...expressions([node.filter]), ...statements(node.body)];
    case "with":
      return [
        ...node.values.flatMap((each) => [target(each.target), ...expressions([each.value])]),
        ...statements(node.body),
      ];
    case "generation":
      return statements(node.body);
  }
}

function ofExpression(node: Expression): readonly Branch[] {
  switch (node.type) {
    case "string":
    case "number":
    case "constant":
    case "name":
    case "captured":
      return [];
    case "list":
    case "tuple":
      return expressions(node.items);
    case "dict":
      return expressions(node.entries.flatMap((entry) => [entry.key, entry.value]));
    case "attribute":
      return expressions([node.object]);
    case "item":
      return expressions([node.object, node.key]);
    case "slice":
      return expressions([node.object, node.start, node.stop, node.step]);
    case "call":
      return expressions([node.callee, ...given(node.arguments)]);
    case "filter":
    case "test":
      return expressions([node.object, ...given(node.arguments)]);
    case "unary":
      return expressions([node.operand]);
    case "binary":
    case "and":
    case "or":
      return expressions([node.left, node.right]);
    case "compare":
      return expressions([node.first, ...node.rest.map((each) => each.operand)]);
    case "conditional":
      return expressions([node.value, node.test, node.otherwise]);
  }
}

function given(list: ArgumentList): readonly (Expression | undefined)[] {
  return [...list.positional, ...list.named.map((each) => each.value), list.spread, list.spreadNamed];
}

function statements(block: Block): readonly Branch[] {
  return block.map((node) => ({ role: "statement", node }));
}

function expressions(nodes: readonly (Expression | undefined)[]): readonly Branch[] {
  return nodes.flatMap((node) => (node ? [{ role: "expression", node }] : []));
}

function target(node: Target): Branch {
  return { role: "target", node };
}

function parameter(node: Parameter): Branch {
  return { role: "parameter", node };
}
