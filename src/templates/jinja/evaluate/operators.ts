import { arithmetic, negate, positive } from "../arithmetic.ts";
import type { BinaryOperator, CompareOperator, Expression } from "../ast.ts";
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
  if (plan.quirks.joinsAsSums && SUMS.has(operator)) return compileSum(node, plan);
  const left = compileExpression(node.left, plan);
  const right = compileExpression(node.right, plan);
  return (run) => {
    const first = left(run);
    const second = right(run);
    run.at(span);
    return arithmetic(run, operator, first, second);
  };
}

const SUMS: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(["+", "-", "~"]);

/** A chain of `+`, `-` and `~`, calculated from the left whatever the tree says. */
function compileSum(node: Node<"binary">, plan: Plan): Evaluate {
  const [first, ...rest] = termsOf(node, plan.tree.source, node.operator).map(({ operator, operand }) => ({
    operator,
    evaluate: compileExpression(operand, plan),
  }));
  return (run) => {
    let value = first!.evaluate(run);
    for (const { operator, evaluate } of rest) {
      const next = evaluate(run);
      run.at(node.span);
      value = arithmetic(run, operator, value, next);
    }
    return value;
  };
}

interface Term {
  /** What stands before it; of no meaning for the first. */
  readonly operator: BinaryOperator;
  readonly operand: Expression;
}

/** The operands of a chain; what stands in parentheses is one operand. */
function termsOf(node: Expression, source: string, before: BinaryOperator): readonly Term[] {
  if (node.type !== "binary" || !SUMS.has(node.operator)) return [{ operator: before, operand: node }];
  const { left, operator, right, span } = node;
  // A chain begins where its first operand does, unless a parenthesis stands between.
  const lefts = left.span.start === span.start ? termsOf(left, source, before) : [{ operator: before, operand: left }];
  const isBare = !source.slice(left.span.end, right.span.start).includes("(");
  return [...lefts, ...(isBare ? termsOf(right, source, operator) : [{ operator, operand: right }])];
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
