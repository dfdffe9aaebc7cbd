import type { Expression, Statement } from "./ast.ts";
import type { Plan } from "./plan.ts";
import type { EngineMode } from "./runtime.ts";
import { templateError } from "./source.ts";

type Node = Statement | Expression;

/** Something that an engine's own parser cannot read, so that such a template fails to load there. */
interface Refused {
  readonly what: string;
  readonly is: (node: Node) => boolean;
}

const REFUSED: Readonly<Record<EngineMode, readonly Refused[]>> = {
  /** The extensions that transformers loads are loop controls and its own `generation`. */
  transformers: [{ what: "{% do %}", is: ({ type }) => type === "do" }],
  /** `common/jinja/parser.cpp` and `lexer.cpp`. */
  "llama.cpp": [
    { what: "{% do %}", is: ({ type }) => type === "do" },
    { what: "{% with %}", is: ({ type }) => type === "with" },
    { what: "a recursive loop", is: (node) => node.type === "for" && node.recursive },
    { what: "the operator //", is: (node) => node.type === "binary" && node.operator === "//" },
    { what: "the operator **", is: (node) => node.type === "binary" && node.operator === "**" },
    { what: "a number with an exponent", is: (node) => node.type === "number" && /e/i.test(node.text) },
    { what: "** in a call", is: (node) => node.type === "call" && node.arguments.spreadNamed !== undefined },
    { what: "filters on a set block", is: (node) => node.type === "set_block" && node.filter.type !== "captured" },
  ],
};

/** Throws `HalterError` `template_failed` where the plan's engine cannot read the node. */
export function refuse(node: Node, { mode, tree }: Plan): void {
  const refused = REFUSED[mode].find(({ is }) => is(node));
  if (!refused) return;
  const engine = mode === "llama.cpp" ? "llama.cpp's engine" : "transformers";
  throw templateError(tree, node.span, {
    what: `${refused.what} is unknown to ${engine}`,
    hint: "Such a template cannot be loaded there; say it in another way.",
    data: { raised: false },
  });
}
