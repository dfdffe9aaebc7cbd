import type { Span } from "../../types/index.ts";
import type { TemplateTree } from "./ast.ts";
import { lex } from "./lexer.ts";
import { NEWEST_BUILD } from "./llama/builds.ts";
import { LLAMA_NODES } from "./llama/refused-nodes.ts";
import { LLAMA_TOKENS } from "./llama/refused-tokens.ts";
import type { Refused, RefusedNode, RefusedToken } from "./refused.ts";
import type { EngineMode } from "./runtime.ts";
import type { Token } from "./tokens.ts";
import { UNKNOWN_NAMES } from "./unknown-names.ts";
import { type Visit, walk } from "./walk.ts";

/** Where a template cannot be loaded, and why. */
export interface Refusal {
  readonly what: string;
  readonly span: Span;
}

const REFUSED: Readonly<
  Record<EngineMode, { readonly tokens: readonly RefusedToken[]; readonly nodes: readonly RefusedNode[] }>
> = {
  "llama.cpp": { tokens: LLAMA_TOKENS, nodes: LLAMA_NODES },
  /** transformers loads the extensions for loop controls and `generation` only, and makes a function of the latter. */
  transformers: {
    tokens: [],
    nodes: [
      { what: "{% do %}", is: ({ node }) => node.type === "do" },
      { what: "leaving a loop from inside {% generation %}", is: leavesGeneration },
      ...UNKNOWN_NAMES,
    ],
  },
};

/**
 * The first construct, in the source's order, that the mode's engine refuses to load; undefined where it reads the template.
 * @param build of llama.cpp
 */
export function refusedBy(mode: EngineMode, tree: TemplateTree, build = NEWEST_BUILD): Refusal | undefined {
  const holds = ({ until = Infinity }: Refused) => build < until;
  const tokens = REFUSED[mode].tokens.filter(holds);
  const nodes = REFUSED[mode].nodes.filter(holds);
  const token = tokens.length > 0 ? firstToken(tokens, tree.source) : undefined;
  const node = firstNode(nodes, tree);
  if (!token || !node) return token ?? node;
  return node.span.start < token.span.start ? node : token;
}

function firstToken(rules: readonly RefusedToken[], source: string): Refusal | undefined {
  const tokens = lex(source);
  const none: Token = { type: "end", value: "", start: 0, end: 0 };
  for (const [index, token] of tokens.entries()) {
    if (token.type === "text") continue;
    const around = { source, before: tokens[index - 1] ?? none, after: tokens[index + 1] ?? none };
    const rule = rules.find((each) => each.is(token, around));
    if (rule) return { what: rule.what, span: { start: token.start, end: token.end } };
  }
  return undefined;
}

function firstNode(rules: readonly RefusedNode[], tree: TemplateTree): Refusal | undefined {
  for (const visit of walk(tree.body)) {
    const rule = rules.find((each) => each.is(visit, tree.source));
    if (rule) return { what: rule.what, span: visit.node.span };
  }
  return undefined;
}

function leavesGeneration(visit: Visit): boolean {
  if (visit.node.type !== "break" && visit.node.type !== "continue") return false;
  let outer = visit.parent;
  while (outer && outer.node.type !== "for" && outer.node.type !== "generation") outer = outer.parent;
  return outer?.node.type === "generation";
}
