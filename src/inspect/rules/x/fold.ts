import type { Expression } from "../../../templates/index.ts";

/** What names are set to, as far as it is constant. */
export type Constants = ReadonlyMap<string, string>;

const CHANGES: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  strip: (text) => text.trim(),
  reverse: (text) => [...text].reverse().join(""),
  string: (text) => text,
  safe: (text) => text,
};

/** The text that an expression always gives; undefined where that depends on the input. Hidden names are put together like this. */
export function fold(node: Expression | undefined, constants: Constants): string | undefined {
  switch (node?.type) {
    case "string":
      return node.value;
    case "name":
      return constants.get(node.name);
    case "binary":
      return node.operator === "~" || node.operator === "+"
        ? joined([node.left, node.right], "", constants)
        : undefined;
    case "slice":
      return isReversal(node) ? changed("reverse", node.object, constants) : undefined;
    case "filter":
      return applied(node.name, node.object, node.arguments.positional, constants);
    case "call":
      return node.callee.type === "attribute" ? method(node, constants) : undefined;
    default:
      return undefined;
  }
}

type Call = Extract<Expression, { readonly type: "call" }>;

/** `'-'.join(list)` has its subject and its argument the other way round than the filter. */
function method({ callee, arguments: { positional } }: Call, constants: Constants): string | undefined {
  if (callee.type !== "attribute") return undefined;
  if (callee.name !== "join") return applied(callee.name, callee.object, positional, constants);
  const [list] = positional;
  return list ? applied("join", list, [callee.object], constants) : undefined;
}

function applied(
  name: string,
  object: Expression,
  given: readonly Expression[],
  constants: Constants,
): string | undefined {
  if (name === "join") {
    const separator = given[0] ? fold(given[0], constants) : "";
    const items = object.type === "list" || object.type === "tuple" ? object.items : undefined;
    return items && separator !== undefined ? joined(items, separator, constants) : undefined;
  }
  if (name === "replace") {
    const [text, old, by] = [object, ...given].map((each) => fold(each, constants));
    return text === undefined || !old || by === undefined ? undefined : text.replaceAll(old, by);
  }
  return changed(name, object, constants);
}

function joined(nodes: readonly Expression[], separator: string, constants: Constants): string | undefined {
  const texts = nodes.map((node) => fold(node, constants));
  return texts.includes(undefined) ? undefined : texts.join(separator);
}

function changed(name: string, object: Expression, constants: Constants): string | undefined {
  const text = fold(object, constants);
  const change = Object.hasOwn(CHANGES, name) ? CHANGES[name] : undefined;
  return text === undefined ? undefined : change?.(text);
}

function isReversal({ start, stop, step }: Extract<Expression, { readonly type: "slice" }>): boolean {
  if (start || stop || step?.type !== "unary" || step.operator !== "-") return false;
  return step.operand.type === "number" && step.operand.text === "1";
}
