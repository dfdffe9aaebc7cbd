import { View } from "./sequences.ts";
import { Markup, Text } from "./text.ts";
import { Callable, Dict, Host, List, type ListKind, Namespace, Num, Undefined, type Value } from "./values.ts";

const PYTHON_LISTS: Readonly<Record<ListKind, string>> = {
  list: "list",
  tuple: "tuple",
  generator: "generator",
  range: "range",
  view: "dict view",
};

/** The type's name in Python, for messages: `str`, `list`, `NoneType`. */
export function typeName(value: Value): string {
  if (value === null) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (value instanceof Markup) return "Markup";
  if (value instanceof Text) return "str";
  if (value instanceof Num) return value.isFloat ? "float" : "int";
  if (value instanceof View) return value.name;
  if (value instanceof List) return PYTHON_LISTS[value.kind];
  if (value instanceof Dict) return "dict";
  if (value instanceof Undefined) return "Undefined";
  if (value instanceof Namespace) return "Namespace";
  return value instanceof Host ? value.name : "function";
}

/** The types that llama.cpp's engine tells apart; it keeps its filters and methods by them. */
export type LlamaType =
  | "Undefined"
  | "None"
  | "Boolean"
  | "Integer"
  | "Float"
  | "String"
  | "Array"
  | "Tuple"
  | "Object"
  | "Function";

export function llamaType(value: Value): LlamaType {
  if (value === null) return "None";
  if (typeof value === "boolean") return "Boolean";
  if (value instanceof Text) return "String";
  if (value instanceof Num) return value.isFloat ? "Float" : "Integer";
  if (value instanceof List) return value.kind === "tuple" ? "Tuple" : "Array";
  if (value instanceof Undefined) return "Undefined";
  return value instanceof Callable ? "Function" : "Object";
}
