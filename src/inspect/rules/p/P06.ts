import { type Visit, walk } from "../../../templates/index.ts";
import type { Rule } from "../rule.ts";

export const P06: Rule = {
  id: "P06",
  title: "nothing is written in a round that breaks off",
  severity: "warning",
  about:
    "At `break` and `continue` llama.cpp forgets what the `if` around them has written, and `@huggingface/jinja` what the whole round " +
    "has written. The source is searched for output in front of them.",
  fix: "write the output after the loop, or turn the condition around so that the rest of the round stands in its `else`",
  sources: [],
  needs: [],
  check({ tree }) {
    const leaving = tree
      ? [...walk(tree.body)].filter(({ node }) => node.type === "break" || node.type === "continue")
      : [];
    return leaving.flatMap((visit) => {
      const lost = lostBefore(visit);
      if (lost === undefined) return [];
      const { type, span } = visit.node;
      if (lost === "round")
        return [
          { message: `what the round wrote before \`${type}\` is lost in @huggingface/jinja`, span, severity: "info" },
        ];
      return [
        { message: `what the branch wrote before \`${type}\` is lost in llama.cpp and @huggingface/jinja`, span },
      ];
    });
  },
};

/** Whether the branches around it have written something in front of it, or else the round. */
function lostBefore(visit: Visit): "branch" | "round" | undefined {
  for (let at = visit; at.parent; at = at.parent) {
    const { node } = at.parent;
    if (node.type !== "if" && node.type !== "for") continue;
    const blocks = [node.body, node.otherwise];
    const before = blocks.map((block) => block.slice(0, Math.max(0, (block as readonly unknown[]).indexOf(at.node))));
    if (before.some((block) => [...walk(block)].some(writes))) return node.type === "if" ? "branch" : "round";
    if (node.type === "for") return undefined;
  }
  return undefined;
}

function writes({ node }: Visit): boolean {
  return node.type === "output" || (node.type === "text" && node.text.trim() !== "");
}
