import type { Statement } from "../ast.ts";
import { isTrue } from "../compare.ts";
import { drained, iterate } from "../iterate.ts";
import type { Evaluate, Execute, Plan } from "../plan.ts";
import type { Run } from "../run.ts";
import { Failure } from "../runtime.ts";
import { Scope } from "../scope.ts";
import { Range } from "../sequences.ts";
import { Dict, List, type Value } from "../values.ts";
import { compileExpression } from "./expressions.ts";
import { Filtered, type LoopItems, Numbers } from "./loop-items.ts";
import { type LoopState, loopObject } from "./loop-object.ts";
import { compileBlock, inScope } from "./statements.ts";
import { type Assign, compileTarget } from "./targets.ts";

/** The parts of a loop, compiled. */
interface Loop {
  readonly plan: Plan;
  readonly several: boolean;
  readonly recursive: boolean;
  readonly assign: Assign;
  readonly test: Evaluate | undefined;
  readonly body: Execute;
  readonly otherwise: Execute;
}

export function compileLoop(node: Extract<Statement, { type: "for" }>, plan: Plan): Execute {
  const iterable = compileExpression(node.iterable, plan);
  const loop: Loop = {
    plan,
    several: node.target.type === "tuple",
    recursive: node.recursive,
    assign: compileTarget(node.target, plan),
    test: node.test && compileExpression(node.test, plan),
    body: compileBlock(node.body, plan),
    otherwise: compileBlock(node.otherwise, plan),
  };
  return (run) => {
    const value = iterable(run);
    run.span = node.span;
    runLoop(run, loop, value, 1);
    return "next";
  };
}

/** Loops over `value` in a scope inside the current one. */
function runLoop(run: Run, loop: Loop, value: Value, depth: number): void {
  const outer = run.scope;
  const items = loopItems(run, loop, value);
  const state: LoopState = { items, index0: 0, depth, changed: undefined };
  const around = new Scope(outer);
  const again = (from: Run, input: { readonly positional: readonly Value[] }) =>
    recurse(from, loop, outer, input.positional, depth);
  around.values.set("loop", loopObject(state, loop.plan.quirks.plainObjects, loop.recursive ? again : undefined));
  const { roundsShareScope } = loop.plan.quirks;
  let completed = false;
  for (let item = items.at(0); item !== undefined; item = items.at(state.index0)) {
    run.meter.step();
    run.items.push(item);
    run.scope = roundsShareScope ? around : new Scope(around);
    loop.assign(run, item);
    const flow = loop.body(run);
    run.items.pop();
    run.scope = outer;
    if (flow === "break") break;
    completed ||= flow === "next";
    state.index0 += 1;
  }
  // In both engines `else` also runs after rounds of which none came to its end.
  if (!completed) loop.otherwise(run);
}

function loopItems(run: Run, loop: Loop, value: Value): LoopItems {
  if (loop.test) return passing(run, loop, loop.test, itemsOf(run, loop, value));
  return value instanceof Range && !value.isMade ? new Numbers(value) : itemsOf(run, loop, value);
}

/** The items of which none is looked at yet: rounds are counted as they come. */
function itemsOf(run: Run, loop: Loop, value: Value): readonly Value[] {
  if (loop.several && loop.plan.quirks.pairsOfMappings && value instanceof Dict) {
    run.meter.list(value.entries.size);
    return [...value.entries.values()].map((entry) => new List([entry.key, entry.value], "tuple"));
  }
  if (!(value instanceof List)) return iterate(run, value);
  run.input.lookedThrough(value.origin, value.items.length);
  run.meter.list(value.items.length);
  const items = drained(value);
  return loop.plan.quirks.mutable ? [...items] : items;
}

/** The items that the loop's own `if` lets through: Jinja2 asks it item by item as the loop goes on, llama.cpp beforehand. */
function passing(run: Run, { assign, plan }: Loop, test: Evaluate, items: readonly Value[]): LoopItems {
  const outer = run.scope;
  const holds = (item: Value) =>
    inScope(run, new Scope(outer), () => {
      run.meter.step();
      assign(run, item);
      return isTrue(run, test(run));
    });
  return plan.quirks.eagerLoopTest ? items.filter(holds) : new Filtered(items, holds);
}

function recurse(run: Run, loop: Loop, outer: Scope, given: readonly Value[], depth: number): Value {
  const [value] = given;
  if (value === undefined || given.length > 1) throw new Failure("loop(…) takes one argument, what to loop over");
  run.meter.enter();
  const text = run.capture(() => inScope(run, outer, () => runLoop(run, loop, value, depth + 1)));
  run.meter.leave();
  return text;
}
