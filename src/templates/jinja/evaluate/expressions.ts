import type { Expression } from "../ast.ts";
import { isTrue } from "../compare.ts";
import { put } from "../keys.ts";
import { type Evaluate, type Plan, sourceOf } from "../plan.ts";
import { Text } from "../text.ts";
import { Dict, List, Num, Undefined, type Value } from "../values.ts";
import { compileAttribute, compileItem, compileSlice } from "./access.ts";
import { compileCall, compileFilter, compileTest } from "./calls.ts";
import { compileBinary, compileCompare, compileUnary } from "./operators.ts";

/** Unlike `Extract`, this finds the node that is `and` or `or`. */
type NodeOf<Type, Node = Expression> = Node extends { type: infer Own } ? (Type extends Own ? Node : never) : never;

type Compilers = {
  readonly [Type in Expression["type"]]: (node: NodeOf<Type>, plan: Plan) => Evaluate;
};

const COMPILERS: Compilers = {
  string: ({ value }) => always(new Text(value)),
  number: ({ text }) => always(literalNumber(text)),
  constant: ({ value }) => always(value),
  captured: () => (run) => run.captured,
  name: ({ name }) => {
    const missing = new Undefined(name);
    return (run) => {
      const found = run.lookUp(name);
      return found === undefined ? missing : found;
    };
  },
  list: ({ items }, plan) => listOf(items, "list", plan),
  tuple: ({ items }, plan) => listOf(items, "tuple", plan),
  dict: (node, plan) => {
    const entries = node.entries.map(
      ({ key, value }) => [compileExpression(key, plan), compileExpression(value, plan)] as const,
    );
    return (run) => {
      run.at(node.span);
      run.meter.list(entries.length);
      const made = new Dict();
      for (const [key, value] of entries) put(made, key(run), value(run));
      return made;
    };
  },
  attribute: compileAttribute,
  item: compileItem,
  slice: compileSlice,
  call: compileCall,
  filter: compileFilter,
  test: compileTest,
  unary: compileUnary,
  binary: compileBinary,
  compare: compileCompare,
  and: (node, plan) => {
    const left = compileExpression(node.left, plan);
    const right = compileExpression(node.right, plan);
    return (run) => {
      const value = left(run);
      return isTrue(run, value) ? right(run) : value;
    };
  },
  or: (node, plan) => {
    const left = compileExpression(node.left, plan);
    const right = compileExpression(node.right, plan);
    return (run) => {
      const value = left(run);
      return isTrue(run, value) ? value : right(run);
    };
  },
  conditional: (node, plan) => {
    const value = compileExpression(node.value, plan);
    const test = compileExpression(node.test, plan);
    const otherwise = node.otherwise
      ? compileExpression(node.otherwise, plan)
      : always(new Undefined(sourceOf(plan, node.span)));
    return (run) => (isTrue(run, test(run)) ? value(run) : otherwise(run));
  },
};

export function compileExpression(node: Expression, plan: Plan): Evaluate {
  const compile = COMPILERS[node.type] as (node: Expression, plan: Plan) => Evaluate;
  return compile(node, plan);
}

function always(value: Value): Evaluate {
  return () => value;
}

function literalNumber(text: string): Num {
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    return new Num(Number.isSafeInteger(value) ? value : BigInt(text), false, text);
  }
  return new Num(Number(text), true, text);
}

function listOf(nodes: readonly Expression[], kind: "list" | "tuple", plan: Plan): Evaluate {
  const items = nodes.map((item) => compileExpression(item, plan));
  return (run) => {
    run.meter.step();
    run.meter.list(items.length);
    return new List(
      items.map((item) => item(run)),
      kind,
    );
  };
}
