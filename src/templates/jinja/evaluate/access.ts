import { attributeOf, itemOf, sliceOf } from "../access.ts";
import type { Expression } from "../ast.ts";
import { type Evaluate, type Plan, sourceOf } from "../plan.ts";
import type { Run } from "../run.ts";
import { Failure } from "../runtime.ts";
import { Text } from "../text.ts";
import { Dict, List, Num, Undefined, type Value } from "../values.ts";
import { compileExpression } from "./expressions.ts";

type Node<Type extends Expression["type"]> = Extract<Expression, { type: Type }>;

/** `object.name`; undefined where there is no such method, key or attribute. */
export function compileAttribute(node: Node<"attribute">, plan: Plan): Evaluate {
  const { name, span } = node;
  const object = compileExpression(node.object, plan);
  const missing = new Undefined(sourceOf(plan, span));
  return (run) => {
    const owner = object(run);
    run.at(span);
    if (owner instanceof Dict) run.input.looked(owner.origin, name);
    if (owner instanceof Undefined) checkUndefined(owner, plan);
    const found = attributeOf(run, owner, name);
    return found === undefined ? missing : found;
  };
}

/** `object[key]`. */
export function compileItem(node: Node<"item">, plan: Plan): Evaluate {
  const object = compileExpression(node.object, plan);
  const key = compileExpression(node.key, plan);
  const missing = new Undefined(sourceOf(plan, node.span));
  return (run) => {
    const owner = object(run);
    const wanted = key(run);
    run.at(node.span);
    noteItem(run, owner, wanted);
    if (owner instanceof Undefined) checkUndefined(owner, plan);
    const found = itemOf(run, owner, wanted);
    return found instanceof Undefined ? missing : found;
  };
}

/** `object[start:stop:step]`. */
export function compileSlice(node: Node<"slice">, plan: Plan): Evaluate {
  const object = compileExpression(node.object, plan);
  const [start, stop, step] = [node.start, node.stop, node.step].map(
    (bound) => bound && compileExpression(bound, plan),
  );
  return (run) => {
    const owner = object(run);
    const bounds = [start?.(run), stop?.(run), step?.(run)] as const;
    run.at(node.span);
    if (owner instanceof Undefined) checkUndefined(owner, plan);
    return sliceOf(run, owner, ...bounds);
  };
}

/** llama.cpp's undefined has methods, and all else is undefined again. */
function checkUndefined(owner: Undefined, plan: Plan): void {
  if (plan.quirks.undefinedHasAttributes) return;
  throw new Failure(`${owner.name} is undefined`, {
    hint: "The template reads a part of something that the input does not have; test it with `is defined` first.",
  });
}

function noteItem(run: Run, owner: Value, key: Value): void {
  if (owner instanceof Dict && key instanceof Text) run.input.looked(owner.origin, key.value);
  if (!(owner instanceof List && key instanceof Num && owner.origin)) return;
  const index = Number(key.value);
  run.input.looked(owner.origin, index < 0 ? index + owner.items.length : index);
}
