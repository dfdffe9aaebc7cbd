import { firstDifference } from "../differences.ts";
import type { Conversation, Rule } from "../rule.ts";
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

export const P10: Rule = {
  id: "P10",
  title: "parameters may have the names of methods",
  severity: "warning",
  about:
    "`arguments.items` finds the method of a mapping where no key of that name exists, and the key where one does: a tool with a parameter " +
    "named items breaks the call. The same tool is rendered with such names and with ordinary ones, in both engines.",
  fix: "read keys with `mapping['items']` and pairs with `mapping | items`",
  sources: ["pallets/jinja #1252"],
  needs: [],
  check: (subject) =>
    (["llama.cpp", "transformers"] as const).flatMap((mode) => {
      const ordinary = subject.render(ORDINARY, { mode });
      // Without its whole value a call is cut into characters, which is another matter.
      if (ordinary.type === "refused" || !ordinary.text.includes("VALUEZQ")) return [];
      const colliding = subject.render(COLLIDING, { mode });
      const fixture = COLLIDING.name;
      if (colliding.type === "refused")
        return [{ message: `${mode} refuses parameters that are named like methods: ${colliding.message}`, fixture }];
      const expected = METHODS.reduce((text, name) => text.replaceAll(`${name}${ENDING}`, name), ordinary.text);
      const difference = firstDifference(expected, colliding.text);
      if (!difference) return [];
      return [{ message: `parameters that are named like methods come out otherwise in ${mode}`, fixture, difference }];
    }),
};
