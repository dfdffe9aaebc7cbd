import type { SyntaxSpec } from "../../../types/index.ts";
import { WORDS } from "../words.ts";
import { objectsIn, type PlacedObject } from "./json-objects.ts";
import { aroundSpans, type Recognise } from "./notation.ts";

/** A JSON object for each call, with the tool's name as the value of one key, or as the only key. */
export const recogniseJson: Recognise = (probes) => {
  const [object] = callObjects(probes.one);
  const syntax = object && keysOf(object.value);
  const around = syntax && aroundSpans(probes, callObjects);
  return around && { syntax, around };
};

/** Objects that hold a tool's name. */
const callObjects = (text: string): PlacedObject[] =>
  objectsIn(text).filter(({ value }) => keysOf(value) !== undefined);

function keysOf(value: unknown): SyntaxSpec | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const name = entries.find(([, one]) => isName(one))?.[0];
  const input = entries.find(([, one]) => isInput(one))?.[0];
  if (name !== undefined && input !== undefined) return { type: "json", nameKey: name, argumentsKey: input };
  if (entries.length === 1 && isName(input)) return { type: "json", nameKey: "", argumentsKey: "arguments" };
  return entries.map(([, inner]) => keysOf(inner)).find((keys) => keys !== undefined);
}

const isName = (value: unknown): boolean => value === WORDS.name || value === WORDS.otherName;

/** The arguments, as an object or as the JSON text of one. */
function isInput(value: unknown): boolean {
  if (typeof value === "string") return value.includes(WORDS.key);
  return typeof value === "object" && value !== null && Object.hasOwn(value, WORDS.key);
}
