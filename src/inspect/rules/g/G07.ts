import type { Finding, Rule } from "../rule.ts";
import { at, fieldsOf, type SchemaNode, schemasOf } from "./schemas.ts";

export const G07: Rule = {
  id: "G07",
  title: "every $ref leads to a schema",
  severity: "error",
  about:
    "A $ref that leads nowhere, or out of the tool's own parameters, ends every request with the tool; one into a union is lost in some " +
    "builds, and one to a schema around it is a grammar without end. Each is followed.",
  fix: "put the schema where it is used, and keep definitions in $defs of the tool's own parameters",
  sources: ["llama.cpp #8073"],
  needs: ["tools"],
  check({ tools }) {
    const nodes = schemasOf(tools);
    return nodes.flatMap((node) => {
      const { $ref } = node.schema;
      return typeof $ref === "string" ? findingOf(node, $ref, rootOf(node)) : [];
    });
  },
};

function findingOf(node: SchemaNode, ref: string, root: SchemaNode): readonly Finding[] {
  if (!ref.startsWith("#")) return [at(node, `${ref} lies outside the tool's parameters`)];
  const target = follow(root.schema, ref);
  if (target === undefined) return [at(node, `${ref} leads nowhere`)];
  const isAround = node.pointer.startsWith(`${ref.slice(1)}/`) || ref === "#";
  if (isAround) return [{ ...at(node, `${ref} leads to a schema around it`), severity: "warning" }];
  const isUnion = /\/(?:anyOf|oneOf|allOf)\//.test(ref) || target.anyOf !== undefined || target.oneOf !== undefined;
  return isUnion ? [{ ...at(node, `${ref} leads into a union`), severity: "warning" }] : [];
}

function rootOf(node: SchemaNode): SchemaNode {
  return node.parent ? rootOf(node.parent) : node;
}

/** What a JSON pointer leads to. */
function follow(root: unknown, ref: string): Readonly<Record<string, unknown>> | undefined {
  const steps = ref.split("/").slice(1);
  const target = steps.reduce<unknown>((value, step) => {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    return Array.isArray(value) ? value[Number(key)] : fieldsOf(value)?.[key];
  }, root);
  return fieldsOf(target);
}
