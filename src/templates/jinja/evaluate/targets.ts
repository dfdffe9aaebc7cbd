import type { Target } from "../ast.ts";
import { iterate } from "../iterate.ts";
import type { Plan } from "../plan.ts";
import type { Run } from "../run.ts";
import { Failure } from "../runtime.ts";
import { Text } from "../text.ts";
import { Dict, List, Namespace, type Value } from "../values.ts";

/** Gives a value to what stands left of `=`, in the current scope. Throws `Failure` where it does not fit. */
export type Assign = (run: Run, value: Value) => void;

export function compileTarget(target: Target, plan: Plan): Assign {
  if (target.type === "name") return (run, value) => void run.scope.values.set(target.name, value);
  if (target.type === "tuple") return compileTuple(target, plan);
  const { object, name } = target;
  return (run, value) => {
    const owner = run.lookUp(object);
    if (owner instanceof Namespace) owner.values.set(name, value);
    else if (owner instanceof Dict && plan.quirks.mappingsAssignable) {
      owner.entries.set(name, { key: owner.entries.get(name)?.key ?? new Text(name), value });
    } else {
      throw new Failure(`cannot set ${name} of ${object}, which is no namespace`, {
        hint: `Make it with {% set ${object} = namespace(${name}=…) %}.`,
      });
    }
  };
}

function compileTuple(target: Extract<Target, { type: "tuple" }>, plan: Plan): Assign {
  const assigns = target.items.map((item) => compileTarget(item, plan));
  const flat = plan.quirks.flatTargets;
  const isFlat = target.items.every(({ type }) => type === "name");
  return (run, value) => {
    if (flat && !(isFlat && value instanceof List))
      throw new Failure("only lists can be unpacked, and only into names");
    const items = iterate(run, value);
    if (items.length !== assigns.length) {
      const few = items.length < assigns.length ? "not enough" : "too many";
      throw new Failure(`${few} values to unpack: expected ${assigns.length}, got ${items.length}`);
    }
    for (const [index, assign] of assigns.entries()) assign(run, items[index]!);
  };
}
