import { walk } from "../../../templates/index.ts";
import type { Finding, Rule } from "../rule.ts";

const STRIPS: readonly string[] = ["strip", "lstrip", "rstrip"];

export const P07: Rule = {
  id: "P07",
  title: "strip is used without an argument",
  severity: "info",
  about:
    "`@huggingface/jinja` ignores the argument of strip, lstrip and rstrip and takes white space away instead, so that a prompt made in " +
    "JavaScript differs from the server's. The source is searched for such calls.",
  fix: "render with an engine that follows Jinja2 (halter does), or cut with split",
  sources: ["huggingface.js #854"],
  needs: [],
  check({ tree }) {
    const calls: Finding[] = [];
    for (const { node } of tree ? walk(tree.body) : []) {
      if (node.type !== "call" || node.callee.type !== "attribute" || !STRIPS.includes(node.callee.name)) continue;
      if (node.arguments.positional.length === 0) continue;
      calls.push({ message: `@huggingface/jinja ignores the argument of ${node.callee.name}`, span: node.span });
    }
    return calls.slice(0, 1);
  },
};
