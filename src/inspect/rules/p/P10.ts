import { walk } from "../../../templates/index.ts";
import { firstDifference } from "../differences.ts";
import type { Conversation, Finding, RenderOptions, Rule, Severity, Subject } from "../rule.ts";
import { call, calling, result, tool, user } from "../words.ts";

/** Methods of mappings, which `mapping.name` may find instead of the key. */
const METHODS = ["get", "items", "keys", "pop", "values"];

function naming(name: string, ending: string): Conversation {
  const keys = METHODS.map((method) => `${method}${ending}`);
  const properties = Object.fromEntries(keys.map((key) => [key, { type: "string", description: "PARAMDESCZQ" }]));
  const input = Object.fromEntries(keys.map((key) => [key, "VALUEZQ"]));
  return {
    name,
    messages: [user("ASKZQ"), calling([call("lookup_zq", input)]), result("SUNNYZQ", "lookup_zq")],
    tools: [tool("lookup_zq", "TOOLDESCZQ", properties)],
  };
}

const ENDING = "zq";
const ORDINARY = naming("ordinary parameter names", ENDING);
const COLLIDING = naming("parameters named get, items, keys, pop, values", "");

const WAYS: readonly { readonly name: string; readonly options: RenderOptions; readonly severity: Severity }[] = [
  { name: "llama.cpp", options: {}, severity: "warning" },
  { name: "transformers", options: { mode: "transformers" }, severity: "warning" },
  { name: "@huggingface/jinja", options: { engine: "hf" }, severity: "info" },
];

export const P10: Rule = {
  id: "P10",
  title: "keys are not taken for methods",
  severity: "warning",
  about:
    "`schema.items` is the method of a mapping in Jinja2 and llama.cpp, never the key of that name, and `arguments.items()` finds the key " +
    "in other engines: parameters named items or get then break calls. The source is searched for such reads, and a tool with such names " +
    "is rendered beside one with ordinary names.",
  fix: "read keys with `mapping['items']` and pairs with `mapping | items`",
  sources: [],
  needs: [],
  check(subject) {
    const reads = methodReads(subject);
    const broken = WAYS.flatMap(({ name, options, severity }): Finding[] => {
      const ordinary = subject.render(ORDINARY, options);
      // Without its whole value a call is cut into characters, which is another matter.
      if (ordinary.type === "refused" || !ordinary.text.includes("VALUEZQ")) return [];
      const colliding = subject.render(COLLIDING, options);
      const fixture = COLLIDING.name;
      if (colliding.type === "refused")
        return [
          {
            message: `${name} refuses parameters that are named like methods: ${colliding.message}`,
            fixture,
            severity,
          },
        ];
      const expected = METHODS.reduce((text, method) => text.replaceAll(`${method}${ENDING}`, method), ordinary.text);
      const difference = firstDifference(expected, colliding.text);
      if (!difference) return [];
      const message = `parameters that are named like methods come out otherwise in ${name}`;
      return [{ message, fixture, difference, severity }];
    });
    return [...reads, ...broken];
  },
};

function methodReads({ tree }: Subject): readonly Finding[] {
  const reads: Finding[] = [];
  for (const { role, node, parent } of tree ? walk(tree.body) : []) {
    if (role !== "expression" || node.type !== "attribute" || !METHODS.includes(node.name)) continue;
    if (parent?.node.type === "call" && parent.node.callee === node) continue;
    reads.push({ message: `.${node.name} is a method of every mapping, not the key of that name`, span: node.span });
  }
  return reads.slice(0, 1);
}
