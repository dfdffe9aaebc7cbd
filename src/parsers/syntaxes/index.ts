import type { SyntaxName, SyntaxSpec } from "../../types/index.ts";
import type { Syntax } from "../opening.ts";
import { assignmentsSyntax } from "./assignments.ts";
import { bareKeysSyntax } from "./bare-keys.ts";
import { jsonSyntax } from "./json.ts";
import { namedJsonSyntax } from "./named-json.ts";
import { argKey, functionXml } from "./presets.ts";
import { pythonSyntax } from "./python.ts";
import { tags } from "./tags.ts";

/** Every notation that has a name. */
const named: Readonly<Record<SyntaxName, Syntax>> = {
  json: jsonSyntax({ nameKey: "name", argumentsKey: "arguments" }),
  "function-xml": tags(functionXml),
  "arg-key": tags(argKey),
  python: pythonSyntax({ prefix: "" }),
  assignments: assignmentsSyntax,
};

/** Notations that data describes, each made once. */
const described = new WeakMap<object, Syntax>();

/** The notation that a family's data names or describes. */
export function syntaxOf(spec: SyntaxSpec): Syntax {
  if (typeof spec === "string") return named[spec];
  const syntax = described.get(spec) ?? describedBy(spec);
  described.set(spec, syntax);
  return syntax;
}

function describedBy(spec: Exclude<SyntaxSpec, string>): Syntax {
  switch (spec.type) {
    case "tags":
      return tags(spec);
    case "json":
      return jsonSyntax(spec);
    case "named-json":
      return namedJsonSyntax(spec);
    case "python":
      return pythonSyntax(spec);
    case "bare-keys":
      return bareKeysSyntax(spec);
  }
}
