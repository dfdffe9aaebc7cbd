import type { Block, Statement } from "../ast.ts";
import { isTrue } from "../compare.ts";
import type { Execute, Flow, Plan } from "../plan.ts";
import { printed } from "../print.ts";
import type { Run } from "../run.ts";
import { Failure } from "../runtime.ts";
import { Scope } from "../scope.ts";
import { Text } from "../text.ts";
import { compileExpression } from "./expressions.ts";
import { compileLoop } from "./loops.ts";
import { compileCallBlock, compileMacro } from "./macros.ts";
import { compileTarget } from "./targets.ts";

type Compilers = {
  readonly [Type in Statement["type"]]: (node: Extract<Statement, { type: Type }>, plan: Plan) => Execute;
};

const COMPILERS: Compilers = {
  text: ({ text }) => {
    const literal = new Text(text);
    return (run) => {
      run.output.write(literal);
      return "next";
    };
  },
  output: ({ value, span }, plan) => {
    const evaluate = compileExpression(value, plan);
    return (run) => {
      const result = evaluate(run);
      run.span = span;
      run.output.write(result instanceof Text ? result : printed(run, result));
      return "next";
    };
  },
  if: compileIf,
  for: compileLoop,
  set: ({ target, value }, plan) => {
    const evaluate = compileExpression(value, plan);
    const assign = compileTarget(target, plan);
    return (run) => {
      assign(run, evaluate(run));
      return "next";
    };
  },
  set_block: ({ target, filter, body }, plan) => {
    const evaluate = compileCaptured(body, filter, plan);
    const assign = compileTarget(target, plan);
    return (run) => evaluate(run, (value) => assign(run, value));
  },
  filter_block: ({ filter, body }, plan) => {
    const evaluate = compileCaptured(body, filter, plan);
    return (run) =>
      evaluate(run, (value) => {
        if (plan.quirks.blockFilterGivesText && !(value instanceof Text))
          throw new Failure("what the filter of a block gives must be a string");
        run.output.write(printed(run, value));
      });
  },
  macro: compileMacro,
  call_block: compileCallBlock,
  with: ({ values, body }, plan) => {
    const evaluates = values.map(({ value }) => compileExpression(value, plan));
    const assigns = values.map(({ target }) => compileTarget(target, plan));
    const execute = compileBlock(body, plan);
    return (run) => {
      const results = evaluates.map((evaluate) => evaluate(run));
      return inScope(run, new Scope(run.scope), () => {
        for (const [index, assign] of assigns.entries()) assign(run, results[index]!);
        return execute(run);
      });
    };
  },
  generation: ({ body }, plan) => {
    const execute = compileBlock(body, plan);
    if (plan.quirks.blocksShareScope) return execute;
    return (run) => inScope(run, new Scope(run.scope), () => execute(run));
  },
  break: () => () => "break",
  continue: () => () => "continue",
  do: ({ value }, plan) => {
    const evaluate = compileExpression(value, plan);
    return (run) => {
      evaluate(run);
      return "next";
    };
  },
};

export function compileBlock(block: Block, plan: Plan): Execute {
  const statements = block.map((statement) => compileStatement(statement, plan));
  return (run) => {
    for (const execute of statements) {
      const flow = execute(run);
      if (flow !== "next") return flow;
    }
    return "next";
  };
}

function compileStatement(node: Statement, plan: Plan): Execute {
  const number = plan.statements.push(node.span) - 1;
  const compile = COMPILERS[node.type] as (node: Statement, plan: Plan) => Execute;
  const execute = compile(node, plan);
  const { span } = node;
  return (run) => {
    run.ran[number] = 1;
    run.at(span);
    return execute(run);
  };
}

function compileIf({ test, body, otherwise }: Extract<Statement, { type: "if" }>, plan: Plan): Execute {
  const holds = compileExpression(test, plan);
  const [then, orElse] = [compileBlock(body, plan), compileBlock(otherwise, plan)];
  if (!plan.quirks.branchDropsOutput) return (run) => (isTrue(run, holds(run)) ? then(run) : orElse(run));
  return (run) => {
    const branch = isTrue(run, holds(run)) ? then : orElse;
    const written = run.output.texts.length;
    const flow = branch(run);
    if (flow !== "next") run.output.cut(written);
    return flow;
  };
}

type Captured = (run: Run, use: (value: ReturnType<ReturnType<typeof compileExpression>>) => void) => Flow;

/** The text of a block, filtered. `use` is not called where the block was left by `break` or `continue`. */
function compileCaptured(
  body: Block,
  filter: Extract<Statement, { type: "set_block" }>["filter"],
  plan: Plan,
): Captured {
  const execute = compileBlock(body, plan);
  const evaluate = compileExpression(filter, plan);
  return (run, use) => {
    let flow: Flow = "next";
    const scope = plan.quirks.blocksShareScope ? run.scope : new Scope(run.scope);
    const text = run.capture(() => {
      flow = inScope(run, scope, () => execute(run));
    });
    if (flow !== "next") return flow;
    run.captured = text;
    use(evaluate(run));
    return "next";
  };
}

/** Runs `body` with `scope`. A failure ends the whole render, so nothing is put back after one. */
export function inScope<Result>(run: Run, scope: Scope, body: () => Result): Result {
  const outer = run.scope;
  run.scope = scope;
  const result = body();
  run.scope = outer;
  return result;
}
