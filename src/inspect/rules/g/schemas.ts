import type { RenderValue } from "../../../templates/index.ts";
import type { Finding } from "../rule.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A schema inside a tool's parameters. */
export interface SchemaNode {
  readonly tool: string;
  /** From the parameters on: `/properties/city/items`. */
  readonly pointer: string;
  readonly schema: Fields;
  readonly parent: SchemaNode | undefined;
  readonly depth: number;
}

/** Keywords whose value is a schema, a list of schemas, and schemas by name. */
const ONE = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];
const LIST = ["anyOf", "oneOf", "allOf", "prefixItems", "items"];
const NAMED = ["properties", "patternProperties", "$defs", "definitions"];

export interface NamedTool {
  readonly name: string;
  readonly parameters: Fields;
}

/** The tools of a request; what is not in the wire form has no name and no parameters. */
export function toolsOf(tools: readonly RenderValue[] = []): readonly NamedTool[] {
  return tools.map((tool) => {
    const given = fieldsOf(tool)?.function;
    const { name, parameters } = fieldsOf(given) ?? fieldsOf(tool) ?? {};
    return { name: typeof name === "string" ? name : "", parameters: fieldsOf(parameters) ?? {} };
  });
}

/** Every schema of every tool, outer ones first. Needs no stack, however deep they are. */
export function schemasOf(tools: readonly RenderValue[] | undefined): readonly SchemaNode[] {
  const nodes: SchemaNode[] = toolsOf(tools).map(({ name, parameters }) => ({
    tool: name,
    pointer: "",
    schema: parameters,
    parent: undefined,
    depth: 1,
  }));
  for (let index = 0; index < nodes.length; index += 1) nodes.push(...children(nodes[index]!));
  return nodes;
}

function children(parent: SchemaNode): readonly SchemaNode[] {
  const { tool, pointer, schema, depth } = parent;
  const child = (path: string, value: unknown): SchemaNode[] => {
    const fields = fieldsOf(value);
    return fields ? [{ tool, pointer: `${pointer}/${path}`, schema: fields, parent, depth: depth + 1 }] : [];
  };
  return [
    ...ONE.flatMap((key) => child(key, schema[key])),
    ...LIST.flatMap((key) => listOf(schema[key]).flatMap((value, index) => child(`${key}/${index}`, value))),
    ...NAMED.flatMap((key) =>
      Object.entries(fieldsOf(schema[key]) ?? {}).flatMap(([name, value]) => child(`${key}/${name}`, value)),
    ),
  ];
}

/** True for a regular expression that says how the whole text must look. */
export function isAnchored(pattern: string): boolean {
  return pattern.startsWith("^") && pattern.endsWith("$") && !pattern.endsWith("\\$");
}

/** A finding of a schema, with its place. */
export function at({ tool, pointer }: SchemaNode, message: string): Finding {
  return { message: `${tool}${pointer}: ${message}` };
}

/** The schema's parents, nearest first. */
export function above(node: SchemaNode): readonly SchemaNode[] {
  return node.parent ? [node.parent, ...above(node.parent)] : [];
}

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
