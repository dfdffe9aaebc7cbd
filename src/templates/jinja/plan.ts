import type { Span } from "../../types/index.ts";
import type { TemplateTree } from "./ast.ts";
import type { Quirks } from "./quirks.ts";
import type { Run } from "./run.ts";
import type { EngineMode } from "./runtime.ts";
import type { Value } from "./values.ts";

/** A compiled expression. Throws `Failure`. */
export type Evaluate = (run: Run) => Value;

/** How a statement ended: `break` and `continue` go up to the loop. */
export type Flow = "next" | "break" | "continue";

/** A compiled statement or block. Throws `Failure`. */
export type Execute = (run: Run) => Flow;

/** What compiling needs to know, and what it collects. */
export interface Plan {
  readonly tree: TemplateTree;
  readonly mode: EngineMode;
  readonly quirks: Quirks;
  /** The engine's functions, by name. */
  readonly globals: ReadonlyMap<string, Value>;
  /** Where each statement stands; its place here is its number. */
  readonly statements: Span[];
}

/** The source of a node, for messages. */
export function sourceOf(plan: Plan, span: Span): string {
  return plan.tree.source.slice(span.start, span.end);
}
