import type { Block, Expression, Parameter, Statement } from "../ast.ts";
import type { Evaluate, Execute, Plan } from "../plan.ts";
import { printed } from "../print.ts";
import type { Run } from "../run.ts";
import { Failure } from "../runtime.ts";
import { Scope } from "../scope.ts";
import { templateError } from "../source.ts";
import { Text } from "../text.ts";
import { type Arguments, Callable, Dict, Host, List, Undefined, type Value } from "../values.ts";
import { walk } from "../walk.ts";
import { compileArguments } from "./calls.ts";
import { compileExpression } from "./expressions.ts";
import { compileBlock, inScope } from "./statements.ts";

/** A compiled macro or the body of a call block. */
interface Macro {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly default: Evaluate | undefined }[];
  readonly body: Execute;
  /** True for the body of a call block, which sees what stands around it in both engines. */
  readonly isCaller: boolean;
  /** The names that its body reads; `caller`, `varargs` and `kwargs` only exist where they are read. */
  readonly uses: ReadonlySet<string>;
  readonly plan: Plan;
}

export function compileMacro(node: Extract<Statement, { type: "macro" }>, plan: Plan): Execute {
  const macro = compileParts(node.name, node, plan);
  return (run) => {
    run.scope.values.set(node.name, callable(macro, run.scope));
    return "next";
  };
}

export function compileCallBlock(node: Extract<Statement, { type: "call_block" }>, plan: Plan): Execute {
  const body = compileParts("caller", node, plan, true);
  const { callee, arguments: list } = callOf(node.call, plan);
  const called = compileExpression(callee, plan);
  const inputs = compileArguments(list, plan);
  return (run) => {
    const target = called(run);
    const { positional, named } = inputs(run);
    const caller = callable(body, run.scope);
    run.at(node.span);
    const result = plan.quirks.macroSeesCaller
      ? inScope(run, scopeWith(run.scope, "caller", caller), () => run.call(target, { positional, named }))
      : run.call(target, { positional, named: new Map([...named, ["caller", caller]]) });
    run.output.write(printed(run, result));
    return "next";
  };
}

function callOf(node: Expression, plan: Plan): Extract<Expression, { type: "call" }> {
  if (node.type === "call") return node;
  throw templateError(plan.tree, node.span, { what: "a call block must call a macro", data: { raised: false } });
}

function compileParts(
  name: string,
  { parameters, body }: { readonly parameters: readonly Parameter[]; readonly body: Block },
  plan: Plan,
  isCaller = false,
): Macro {
  return {
    name,
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      default: parameter.default && compileExpression(parameter.default, plan),
    })),
    body: compileBlock(body, plan),
    isCaller,
    uses: new Set(namesIn(body)),
    plan,
  };
}

function namesIn(body: Block): string[] {
  return [...walk(body)].flatMap(({ node }) => ("type" in node && node.type === "name" ? [node.name] : []));
}

function scopeWith(parent: Scope, name: string, value: Value): Scope {
  const scope = new Scope(parent);
  scope.values.set(name, value);
  return scope;
}

function callable(macro: Macro, definedIn: Scope): Value {
  const call: Callable["call"] = (runtime, input) => callMacro(runtime as Run, macro, definedIn, input);
  if (macro.plan.quirks.plainObjects) return new Callable(macro.name, call);
  const attributes = new Map<string, Value>([
    ["name", new Text(macro.name)],
    [
      "arguments",
      new List(
        macro.parameters.map(({ name }) => new Text(name)),
        "tuple",
      ),
    ],
    ["caller", macro.uses.has("caller")],
    ["catch_varargs", macro.uses.has("varargs")],
    ["catch_kwargs", macro.uses.has("kwargs")],
  ]);
  return new Host("macro", (name) => attributes.get(name), call);
}

function callMacro(run: Run, macro: Macro, definedIn: Scope, input: Arguments): Text {
  const { macroSeesCaller, countedArguments } = macro.plan.quirks;
  const outer = macroSeesCaller && !macro.isCaller ? run.scope : definedIn;
  run.meter.enter();
  const text = run.capture(() =>
    inScope(run, new Scope(outer), () => {
      if (countedArguments) bindCounted(run, macro, input, outer);
      else bindNamed(run, macro, input);
      macro.body(run);
    }),
  );
  run.meter.leave();
  return text;
}

/** As Python binds: by place, then by name, then defaults, which see the parameters before them. */
function bindNamed(run: Run, { name, parameters, uses }: Macro, { positional, named }: Arguments): void {
  const rest = new Map(named);
  const { values } = run.scope;
  for (const [index, parameter] of parameters.entries()) {
    const given = index < positional.length ? positional[index] : rest.get(parameter.name);
    if (index >= positional.length) rest.delete(parameter.name);
    values.set(parameter.name, given !== undefined ? given : defaultOf(run, parameter));
  }
  if (uses.has("caller") && !values.has("caller")) {
    values.set("caller", rest.get("caller") ?? new Undefined("caller"));
    rest.delete("caller");
  }
  if (uses.has("kwargs")) {
    values.set("kwargs", new Dict(new Map([...rest].map(([key, value]) => [key, { key: new Text(key), value }]))));
  } else if (rest.size > 0) {
    throw new Failure(`macro ${name} takes no argument named ${[...rest.keys()][0]}`);
  }
  const further = positional.slice(parameters.length);
  if (uses.has("varargs")) values.set("varargs", new List(further, "tuple"));
  else if (further.length > 0) throw new Failure(`macro ${name} takes not more than ${parameters.length} arguments`);
}

/** As llama.cpp binds: what lies beyond the number of arguments takes its default, given by name or not, made outside of the macro. */
function bindCounted(run: Run, { name, parameters }: Macro, { positional, named }: Arguments, outer: Scope): void {
  const count = positional.length + named.size;
  for (const [index, parameter] of parameters.entries()) {
    if (index < count) {
      const given = named.has(parameter.name) ? named.get(parameter.name) : positional[index];
      run.scope.values.set(parameter.name, given === undefined ? new Undefined(parameter.name) : given);
    } else if (parameter.default) {
      const { default: evaluate } = parameter;
      run.scope.values.set(
        parameter.name,
        inScope(run, outer, () => evaluate(run)),
      );
    } else {
      throw new Failure(`macro ${name} needs the argument ${parameter.name}`);
    }
  }
}

function defaultOf(run: Run, parameter: Macro["parameters"][number]): Value {
  return parameter.default ? parameter.default(run) : new Undefined(parameter.name);
}
