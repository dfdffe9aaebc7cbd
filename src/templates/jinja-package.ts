/** What is used of `@huggingface/jinja`; its own declarations do not resolve under `nodenext`, and some of this is private there. */
export interface Jinja {
  readonly tokenize: (source: string, options: { lstrip_blocks: boolean; trim_blocks: boolean }) => unknown;
  readonly parse: (tokens: unknown) => unknown;
  readonly Environment: new (parent?: Scope) => Scope;
  readonly Interpreter: new (scope: Scope) => Interpreter;
}

/** A run-time value. `type` is the class's name, `value` what it holds: Maps for objects, lists of values for lists. */
export interface Value {
  readonly type: string;
  readonly value: unknown;
}

export interface Scope {
  set(name: string, value: unknown): Value;
  setVariable(name: string, value: Value): Value;
}

export interface Node {
  readonly type: string;
  readonly value?: string;
  readonly callee?: Node;
  readonly args?: readonly Node[];
}

export interface Interpreter {
  run(program: unknown): Value;
  evaluate(statement: Node, scope: Scope): Value;
  /** Evaluates statements and joins what they print. */
  evaluateBlock(nodes: readonly Node[], scope: Scope): Value;
  evaluateArguments(nodes: readonly Node[], scope: Scope): [Value[], Map<string, Value>];
  applyFilter(operand: Value, filter: Node, scope: Scope): Value;
}
