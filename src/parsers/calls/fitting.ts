import type { ToolSpec } from "../../types/index.ts";
import { isObject } from "../json/members.ts";
import { allows, typeOf, typesOf } from "./schema-types.ts";

/**
 * The only tool that these arguments can be for: it has a parameter for each of them, of their type, and none of those it must
 * have is missing. `json`: JSON text of an object. Undefined where none or several are fit, or nothing is given.
 */
export function fittingTool(json: string, tools: readonly ToolSpec[]): ToolSpec | undefined {
  const value: unknown = JSON.parse(json);
  if (!isObject(value) || Object.keys(value).length === 0) return undefined;
  const fitting = tools.filter(({ parameters: { properties = {}, required = [] } }) => {
    const fits = ([key, entry]: [string, unknown]): boolean =>
      Object.hasOwn(properties, key) && allows(typesOf(properties[key]), typeOf(entry));
    return Object.entries(value).every(fits) && required.every((key) => Object.hasOwn(value, key));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}
