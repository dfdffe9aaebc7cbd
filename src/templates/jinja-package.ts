/** What is used of `@huggingface/jinja`; its own declarations do not resolve under `nodenext`. */
export interface Jinja {
  readonly tokenize: (source: string, options: { lstrip_blocks: boolean; trim_blocks: boolean }) => unknown;
  readonly parse: (tokens: unknown) => unknown;
  readonly Environment: new () => Scope;
  readonly Interpreter: new (scope: Scope) => { run(program: unknown): { readonly value: unknown } };
}

/** The variables of a render. */
interface Scope {
  set(name: string, value: unknown): unknown;
}
