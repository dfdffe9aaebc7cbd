import { arithmetic, negate, positive } from "../arithmetic.ts";
import type { CompareOperator, Expression } from "../ast.ts";
import { contains, equal, isTrue, ordered } from "../compare.ts";
import type { Evaluate, Plan } from "../plan.ts";
import type { Run } from "../run.ts";
import type { Value } from "../values.ts";
import { compileExpression } from "./expressions.ts";

type Node<Type extends Expression["type"]> = Extract<Expression, { type: Type }>;

export function compileUnary(node: Node<"unary">, plan: Plan): Evaluate {
  const operand = compileExpression(node.operand, plan);
  if (node.operator === "not") return (run) => !isTrue(run, operand(run));
  const apply = node.operator === "-" ? negate : positive;
  return (run) => {
    const value = operand(run);
    run.at(node.span);
    return apply(run, value);
  };
}

export function compileBinary(node: Node<"binary">, plan: Plan): Evaluate {
  const { operator, span } = node;
  const left = compileExpression(node.left, plan);
  const right = compileExpression(node.right, plan);
  return (run) => {
    const first = left(run);
    const second = right(run);
    run.at(span);
    return arithmetic(run, operator, first, second);
  };
}

const COMPARISONS: Readonly<Record<CompareOperator, (run: Run, left: Value, right: Value) => boolean>> = {
  "==": (run, left, right) => equal(run, left, right),
  "!=": (run, left, right) => !equal(run, left, right),
  "<": (run, left, right) => ordered(run, left, right) < 0,
  "<=": (run, left, right) => ordered(run, left, right) <= 0,
  ">": (run, left, right) => ordered(run, left, right) > 0,
  ">=": (run, left, right) => ordered(run, left, right) >= 0,
  in: (run, left, right) => contains(run, right, left),
  "not in": (run, left, right) => !contains(run, right, left),
};

/** Every operand is evaluated at most once, and those after a comparison that does not hold not at all. */
export function compileCompare(node: Node<"compare">, plan: Plan): Evaluate {
  const first = compileExpression(node.first, plan);
  const rest = node.rest.map(({ operator, operand }) => ({
    holds: COMPARISONS[operator],
    operand: compileExpression(operand, plan),
  }));
  const nest = plan.quirks.comparisonsNest;
  const [only] = rest;
  if (only && rest.length === 1) {
    return (run) => {
      const left = first(run);
      const right = only.operand(run);
      run.at(node.span);
      return only.holds(run, left, right);
    };
  }
  return (run) => {
    let left = first(run);
    let result = true;
    for (const { holds, operand } of rest) {
      const right = operand(run);
      run.at(node.span);
      result = holds(run, left, right);
      if (!result && !nest) return false;
      left = nest ? result : right;
    }
    return result;
  };
}
