import type { RenderValue } from "./engine.ts";
import type { Interpreter, Jinja, Node, Scope, Value } from "./jinja-package.ts";
import { asString, isNothing, printed } from "./jinja-values.ts";

/** A filter that llama-server's engine has, or has for more kinds of value than the package. */
type Correction = (operand: Value, parameters: readonly Value[]) => RenderValue | readonly Value[];

const FILTERS: Readonly<Record<string, Correction>> = {
  string: (operand) => asString(operand),
  trim: (operand) => printed(operand).trim(),
  reject: (operand, [test, container]) => {
    const members = container?.value;
    if (test?.value !== "in" || !Array.isArray(members)) throw new Error("reject knows the test `in` only");
    return (operand.value as Value[]).filter((item) => !members.some((member: Value) => member.value === item.value));
  },
};

/** When a correction steps in; elsewhere the package's own filter runs. */
const APPLIES: Readonly<Record<string, (operand: Value) => boolean>> = {
  string: ({ type }) => type !== "StringValue",
  trim: isNothing,
  reject: ({ type }) => type === "ArrayValue",
};

/** The package's interpreter, printing and filtering as llama-server's engine does. */
export function correctedInterpreter(
  jinja: Jinja,
  toValue: (value: RenderValue) => Value,
): new (
  scope: Scope,
) => Interpreter {
  return class extends jinja.Interpreter {
    override evaluateBlock(nodes: readonly Node[], scope: Scope): Value {
      return toValue(nodes.map((node) => printed(this.evaluate(node, scope))).join(""));
    }

    override applyFilter(operand: Value, filter: Node, scope: Scope): Value {
      const name = filter.callee?.value ?? filter.value ?? "";
      if (!APPLIES[name]?.(operand)) return super.applyFilter(operand, filter, scope);
      const [parameters] = this.evaluateArguments(filter.args ?? [], scope);
      const result = FILTERS[name]!(operand, parameters);
      return Array.isArray(result) ? Object.assign(toValue([]), { value: result }) : toValue(result as RenderValue);
    }
  };
}
