import type { Span } from "../../types/index.ts";

/**
 * The syntax tree of a Jinja template. Every node carries its span in the template's source (line ends normalised), so that errors,
 * coverage and rules can point at it; parentheses around an expression lie outside its span, but for a tuple. Statements produce
 * output, expressions a value. No tree is deeper than 200 nodes.
 */
export type Statement =
  /** Literal text, after trim_blocks, lstrip_blocks and `-` have taken their share. `{% raw %}` is text too. */
  | { readonly type: "text"; readonly text: string; readonly span: Span }
  | { readonly type: "output"; readonly value: Expression; readonly span: Span }
  /** `elif` is an `if` alone in `otherwise`. */
  | {
      readonly type: "if";
      readonly test: Expression;
      readonly body: Block;
      readonly otherwise: Block;
      readonly span: Span;
    }
  | {
      readonly type: "for";
      readonly target: Target;
      readonly iterable: Expression;
      /** The loop's own `if`. */
      readonly test: Expression | undefined;
      readonly recursive: boolean;
      readonly body: Block;
      readonly otherwise: Block;
      readonly span: Span;
    }
  | { readonly type: "set"; readonly target: Target; readonly value: Expression; readonly span: Span }
  /** `{% set x %}…{% endset %}`, with filters where `{% set x | trim %}` has them (applied to `captured`). */
  | {
      readonly type: "set_block";
      readonly target: Target;
      readonly filter: Expression;
      readonly body: Block;
      readonly span: Span;
    }
  | {
      readonly type: "macro";
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: Block;
      readonly span: Span;
    }
  /** `{% call(parameters) macro() %}…{% endcall %}`: the body is `caller` inside the macro. */
  | {
      readonly type: "call_block";
      readonly parameters: readonly Parameter[];
      readonly call: Expression;
      readonly body: Block;
      readonly span: Span;
    }
  /** `{% filter upper %}…{% endfilter %}`; `filter` is applied to `captured`. */
  | { readonly type: "filter_block"; readonly filter: Expression; readonly body: Block; readonly span: Span }
  | {
      readonly type: "with";
      readonly values: readonly { readonly target: Target; readonly value: Expression }[];
      readonly body: Block;
      readonly span: Span;
    }
  /** `{% generation %}`: marks what the model said, for training; renders its body. */
  | { readonly type: "generation"; readonly body: Block; readonly span: Span }
  | { readonly type: "break"; readonly span: Span }
  | { readonly type: "continue"; readonly span: Span }
  /** `{% do expression %}`. */
  | { readonly type: "do"; readonly value: Expression; readonly span: Span };

export type Block = readonly Statement[];

/** What an assignment or a loop writes to; `attribute` is for namespaces: `{% set ns.x = 1 %}`. */
export type Target =
  | { readonly type: "name"; readonly name: string; readonly span: Span }
  | { readonly type: "attribute"; readonly object: string; readonly name: string; readonly span: Span }
  | { readonly type: "tuple"; readonly items: readonly Target[]; readonly span: Span };

export interface Parameter {
  readonly type: "parameter";
  readonly name: string;
  readonly default: Expression | undefined;
  readonly span: Span;
}

export type UnaryOperator = "not" | "-" | "+";
export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "~";
export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";

export type Expression =
  | { readonly type: "string"; readonly value: string; readonly span: Span }
  /** `text` is the number as written, underscores removed: `1`, `1.50`, `1e3`; `0x1F` is `31`. */
  | { readonly type: "number"; readonly text: string; readonly span: Span }
  | { readonly type: "constant"; readonly value: boolean | null; readonly span: Span }
  | { readonly type: "name"; readonly name: string; readonly span: Span }
  | { readonly type: "list"; readonly items: readonly Expression[]; readonly span: Span }
  | { readonly type: "tuple"; readonly items: readonly Expression[]; readonly span: Span }
  | {
      readonly type: "dict";
      readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
      readonly span: Span;
    }
  /** `object.name`; `object.0` is an item. */
  | { readonly type: "attribute"; readonly object: Expression; readonly name: string; readonly span: Span }
  | { readonly type: "item"; readonly object: Expression; readonly key: Expression; readonly span: Span }
  | {
      readonly type: "slice";
      readonly object: Expression;
      readonly start: Expression | undefined;
      readonly stop: Expression | undefined;
      readonly step: Expression | undefined;
      readonly span: Span;
    }
  | { readonly type: "call"; readonly callee: Expression; readonly arguments: ArgumentList; readonly span: Span }
  | {
      readonly type: "filter";
      readonly object: Expression;
      readonly name: string;
      readonly arguments: ArgumentList;
      readonly span: Span;
    }
  | {
      readonly type: "test";
      readonly object: Expression;
      readonly name: string;
      readonly negated: boolean;
      readonly arguments: ArgumentList;
      readonly span: Span;
    }
  | { readonly type: "unary"; readonly operator: UnaryOperator; readonly operand: Expression; readonly span: Span }
  | {
      readonly type: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  /** `a < b <= c`: `first` and then each operator with its operand. */
  | {
      readonly type: "compare";
      readonly first: Expression;
      readonly rest: readonly { readonly operator: CompareOperator; readonly operand: Expression }[];
      readonly span: Span;
    }
  | { readonly type: "and" | "or"; readonly left: Expression; readonly right: Expression; readonly span: Span }
  /** `value if test else otherwise`; undefined where there is no `else`. */
  | {
      readonly type: "conditional";
      readonly value: Expression;
      readonly test: Expression;
      readonly otherwise: Expression | undefined;
      readonly span: Span;
    }
  /** The text of the block a `set_block` or `filter_block` filters. */
  | { readonly type: "captured"; readonly span: Span };

export interface ArgumentList {
  readonly positional: readonly Expression[];
  readonly named: readonly { readonly name: string; readonly value: Expression }[];
  /** `*list` and `**dict`, at most one each. */
  readonly spread: Expression | undefined;
  readonly spreadNamed: Expression | undefined;
}

/** A parsed template: its source with line ends normalised, which all spans point into. */
export interface TemplateTree {
  readonly name: string;
  readonly source: string;
  readonly body: Block;
}
