import { NO_ARGUMENTS } from "../arguments.ts";
import type { ArgumentList, Expression } from "../ast.ts";
import { ITEMS } from "../input.ts";
import { iterate } from "../iterate.ts";
import type { Evaluate, Plan } from "../plan.ts";
import type { Run } from "../run.ts";
import { Failure } from "../runtime.ts";
import { Text } from "../text.ts";
import { type Arguments, Dict, List, type Value } from "../values.ts";
import { compileExpression } from "./expressions.ts";

type Node<Type extends Expression["type"]> = Extract<Expression, { type: Type }>;

export function compileCall(node: Node<"call">, plan: Plan): Evaluate {
  const callee = compileExpression(node.callee, plan);
  const inputs = compileArguments(node.arguments, plan);
  return (run) => {
    const called = callee(run);
    const input = inputs(run);
    run.at(node.span);
    return run.call(called, input);
  };
}

/** A filter that the engine does not have fails where it is used: Jinja2 checks a filter in an `if` only when it gets there. */
export function compileFilter(node: Node<"filter">, plan: Plan): Evaluate {
  const object = compileExpression(node.object, plan);
  const inputs = compileArguments(node.arguments, plan);
  return (run) => {
    const subject = object(run);
    const input = inputs(run);
    run.at(node.span);
    if (node.name === "selectattr" && subject instanceof List && subject.items.length === 0)
      run.input.looked(subject.origin, ITEMS);
    return run.filter(node.name, subject, input);
  };
}

export function compileTest(node: Node<"test">, plan: Plan): Evaluate {
  const { name, negated } = node;
  const object = compileExpression(node.object, plan);
  const inputs = compileArguments(node.arguments, plan);
  return (run) => {
    const subject = object(run);
    const input = inputs(run);
    run.at(node.span);
    return run.test(name, subject, input) !== negated;
  };
}

/** Evaluates what stands between the brackets, spreads included. */
export function compileArguments(list: ArgumentList, plan: Plan): (run: Run) => Arguments {
  const positional = list.positional.map((value) => compileExpression(value, plan));
  const named = list.named.map(({ name, value }) => [name, compileExpression(value, plan)] as const);
  const spread = list.spread && compileExpression(list.spread, plan);
  const spreadNamed = list.spreadNamed && compileExpression(list.spreadNamed, plan);
  if (positional.length + named.length === 0 && !spread && !spreadNamed) return () => NO_ARGUMENTS;
  if (named.length === 0 && !spread && !spreadNamed) {
    return (run) => ({ positional: positional.map((value) => value(run)), named: NO_ARGUMENTS.named });
  }
  return (run) => {
    const values = positional.map((value) => value(run));
    if (spread) for (const item of iterate(run, spread(run))) values.push(item);
    const names = new Map<string, Value>();
    for (const [name, value] of named) names.set(name, value(run));
    if (spreadNamed) addNamed(names, spreadNamed(run));
    return { positional: values, named: names };
  };
}

function addNamed(names: Map<string, Value>, value: Value): void {
  if (!(value instanceof Dict)) throw new Failure("what follows ** is no mapping");
  for (const { key, value: item } of value.entries.values()) {
    if (!(key instanceof Text)) throw new Failure("the keys of what follows ** must be strings");
    names.set(key.value, item);
  }
}
