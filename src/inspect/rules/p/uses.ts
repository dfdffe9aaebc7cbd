import { type TemplateTree, type Visit, type Vocabulary, walk } from "../../../templates/index.ts";
import type { Span } from "../../../types/index.ts";

/** A name that a template expects its engine to know. */
export interface Use {
  readonly kind: keyof Vocabulary;
  readonly name: string;
  readonly span: Span;
}

/** Every such name, in the source's order. Names that the template defines itself, and the fields it sets, are left out. */
export function usesOf(tree: TemplateTree): readonly Use[] {
  const visits = [...walk(tree.body)];
  const own = new Set(visits.flatMap(definitions));
  return visits.flatMap((visit) => useOf(visit)).filter(({ kind, name }) => !(hasOwn(kind) && own.has(name)));
}

const hasOwn = (kind: Use["kind"]) => kind === "functions" || kind === "methods";

function definitions({ role, node }: Visit): readonly string[] {
  if (role === "parameter") return [node.name];
  if (role === "target") return node.type === "tuple" ? [] : [node.name];
  if (role === "statement" && node.type === "macro") return [node.name];
  return role === "statement" && node.type === "call_block" ? ["caller"] : [];
}

function useOf({ role, node, parent }: Visit): readonly Use[] {
  if (role !== "expression") return [];
  const { span } = node;
  switch (node.type) {
    case "filter":
      return [{ kind: "filters", name: node.name, span }, ...testOf(node.arguments.positional, node.name, span)];
    case "test":
      return [{ kind: "tests", name: node.name, span }];
    case "attribute":
      return node.object.type === "name" && node.object.name === "loop"
        ? [{ kind: "loop", name: node.name, span }]
        : [];
    case "call":
      if (node.callee.type === "name") return [{ kind: "functions", name: node.callee.name, span }];
      if (node.callee.type !== "attribute" || isLoop(node.callee.object)) return [];
      return parent ? [{ kind: "methods", name: node.callee.name, span }] : [];
    default:
      return [];
  }
}

const isLoop = (node: { readonly type: string; readonly name?: string }) =>
  node.type === "name" && node.name === "loop";

/** `selectattr("role", "equalto", …)` names a test in its second argument, `select` in its first. */
const TEST_AT: Readonly<Record<string, number>> = { select: 0, reject: 0, selectattr: 1, rejectattr: 1 };

function testOf(
  positional: readonly { readonly type: string; readonly value?: unknown }[],
  filter: string,
  span: Span,
): readonly Use[] {
  const argument = positional[TEST_AT[filter] ?? -1];
  return argument?.type === "string" ? [{ kind: "tests", name: String(argument.value), span }] : [];
}
