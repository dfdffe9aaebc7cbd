import type { RenderValue } from "./engine.ts";
import type { Interpreter, Jinja, Node, Scope, Value } from "./jinja-package.ts";
import { asString, printed } from "./jinja-values.ts";

/** A filter that llama-server's engine has, or has for more kinds of value than the package. */
interface Correction {
  /** Elsewhere the package's own filter runs. */
  readonly applies: (operand: Value) => boolean;
  readonly run: (operand: Value, parameters: readonly Value[]) => string | readonly Value[];
}

const CORRECTIONS: Readonly<Record<string, Correction>> = {
  string: {
    applies: ({ type }) => type !== "StringValue",
    run: asString,
  },
  reject: {
    applies: ({ type }) => type === "ArrayValue",
    run: (operand, [test, container]) => {
      const members = container?.value;
      if (test?.value !== "in" || !Array.isArray(members)) throw new Error("reject knows the test `in` only");
      return (operand.value as Value[]).filter((item) => !members.some((member: Value) => member.value === item.value));
    },
  },
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
      const correction = CORRECTIONS[filter.callee?.value ?? filter.value ?? ""];
      if (!correction?.applies(operand)) return super.applyFilter(operand, filter, scope);
      const [parameters] = this.evaluateArguments(filter.args ?? [], scope);
      const result = correction.run(operand, parameters);
      return typeof result === "string" ? toValue(result) : Object.assign(toValue([]), { value: result });
    }
  };
}
