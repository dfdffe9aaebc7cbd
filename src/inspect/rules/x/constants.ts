import { type Visit, walk } from "../../../templates/index.ts";
import type { Subject } from "../rule.ts";
import { type Constants, fold } from "./fold.ts";

/** All nodes of a template, and what its names are set to where that is constant; the last value counts. */
export function readConstants({ tree }: Subject): { readonly visits: readonly Visit[]; readonly constants: Constants } {
  const visits = tree ? [...walk(tree.body)] : [];
  const constants = new Map<string, string>();
  for (const { role, node } of visits) {
    if (role !== "statement" || node.type !== "set" || node.target.type !== "name") continue;
    const value = fold(node.value, constants);
    if (value !== undefined) constants.set(node.target.name, value);
  }
  return { visits, constants };
}
