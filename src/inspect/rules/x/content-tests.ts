import type { Expression, Visit } from "../../../templates/index.ts";
import type { Span } from "../../../types/index.ts";
import type { Subject } from "../rule.ts";
import { readConstants } from "./constants.ts";
import { type Constants, fold } from "./fold.ts";

/** A condition that looks for a fixed text in what somebody wrote. */
export interface ContentTest {
  readonly literal: string;
  readonly span: Span;
}

const SEARCHES = ["startswith", "endswith", "find", "rfind", "index", "count", "split", "match"];

/** All conditions that compare content with a text, or look for a text in it. */
export function contentTests(subject: Subject): readonly ContentTest[] {
  const { visits, constants } = readConstants(subject);
  const names = contentNames(visits);
  return visits.flatMap(({ role, node }) => {
    if (role !== "expression") return [];
    return comparedTexts(node, constants, (each) => isContent(each, names)).map((literal) => ({
      literal,
      span: node.span,
    }));
  });
}

/** Names that hold content, directly or after a change. */
function contentNames(visits: readonly Visit[]): ReadonlySet<string> {
  const names = new Set(["content"]);
  for (const { role, node } of visits) {
    if (role !== "statement" || node.type !== "set" || node.target.type !== "name") continue;
    if (isContent(node.value, names)) names.add(node.target.name);
  }
  return names;
}

function isContent(node: Expression, names: ReadonlySet<string>): boolean {
  switch (node.type) {
    case "name":
      return names.has(node.name);
    case "attribute":
      return node.name === "content" || node.name === "text";
    case "item":
      return node.key.type === "string" && ["content", "text"].includes(node.key.value);
    case "filter":
      return isContent(node.object, names);
    case "call":
      return node.callee.type === "attribute" && isContent(node.callee.object, names);
    case "binary":
      return isContent(node.left, names) || isContent(node.right, names);
    default:
      return false;
  }
}

function comparedTexts(node: Expression, constants: Constants, is: (node: Expression) => boolean): readonly string[] {
  if (node.type === "compare") {
    const operands = [node.first, ...node.rest.map(({ operand }) => operand)];
    return operands.some(is) ? texts(operands, constants) : [];
  }
  if (node.type === "call" && node.callee.type === "attribute" && SEARCHES.includes(node.callee.name)) {
    return is(node.callee.object) ? texts(node.arguments.positional, constants) : [];
  }
  return [];
}

function texts(nodes: readonly Expression[], constants: Constants): readonly string[] {
  return nodes.flatMap((node) => {
    const items = node.type === "list" || node.type === "tuple" ? node.items : [node];
    return items.flatMap((item) => fold(item, constants) ?? []);
  });
}
