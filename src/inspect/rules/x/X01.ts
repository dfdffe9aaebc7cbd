import type { Visit } from "../../../templates/index.ts";
import type { Rule } from "../rule.ts";
import { readConstants } from "./constants.ts";
import { type Constants, fold } from "./fold.ts";

/** Names that lead from a value to the program around it. */
const REACHING = /^__\w+__$|^(?:constructor|prototype|mro|func_globals|gi_frame|f_globals|cr_frame|tb_frame|im_class)$/;

export const X01: Rule = {
  id: "X01",
  title: "the template reaches for nothing of its host",
  severity: "security",
  about:
    "A template that reads __class__, __globals__ or constructor tries to leave its engine and run code; engines without a sandbox let " +
    "it. Attributes, keys and arguments of attr are looked at, also where the name is put together from pieces.",
  fix: "do not use this template; take the one of the model's maker",
  sources: ["CVE-2024-34359", "CVE-2026-5760"],
  needs: [],
  check(subject) {
    const { visits, constants } = readConstants(subject);
    return visits.flatMap((visit) => {
      const name = accessed(visit, constants);
      if (name === undefined || !REACHING.test(name)) return [];
      return [{ message: `reads ${name}, which leads to the program around the template`, span: visit.node.span }];
    });
  },
};

function accessed({ role, node }: Visit, constants: Constants): string | undefined {
  if (role !== "expression") return undefined;
  if (node.type === "attribute") return node.name;
  if (node.type === "item") return fold(node.key, constants);
  if (node.type === "name") return REACHING.test(node.name) ? node.name : undefined;
  if (node.type !== "filter") return undefined;
  const named = node.arguments.named.find(({ name }) => name === "attribute" || name === "name")?.value;
  return node.name === "attr" || named ? fold(named ?? node.arguments.positional[0], constants) : undefined;
}
