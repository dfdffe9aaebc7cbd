import type { RenderValue } from "../engine.ts";
import { Numeral } from "../numbers.ts";
import { type AdaptStep, callsOf, functionOf, mapChanged, type RenderMessage, sameFields } from "./step.ts";

/** The fields the server keeps of a message, in its order: templates that print whole calls or messages show it. */
const MESSAGE_FIELDS = ["role", "content", "reasoning_content", "name", "tool_call_id", "tool_calls"];
const CALL_FIELDS = ["type", "function", "id"];
const FUNCTION_FIELDS = ["name", "arguments"];
const PART_FIELDS = ["type", "text"];

export const orderFields: AdaptStep = {
  name: "order-fields",
  about: "the fields of messages, parts and calls come in the server's order, those it does not know are left out",
  applies: () => true,
  run: mapChanged((message) => {
    const ordered: Record<string, RenderValue> = { ...pick(message, MESSAGE_FIELDS) };
    if (Array.isArray(message.content)) {
      ordered.content = mapSame(message.content, (part) => pick(part as RenderMessage, PART_FIELDS));
    }
    const calls = callsOf(message);
    if (calls.length > 0) ordered.tool_calls = mapSame(calls, orderCall);
    return ordered;
  }),
};

export const writeArguments: AdaptStep = {
  name: "write-arguments",
  about: "templates that read arguments as text: arguments given as an object become compact JSON text",
  applies: ({ caps }) => !caps.objectArguments,
  run: mapChanged((message) => {
    const calls = callsOf(message);
    if (calls.length === 0) return message;
    return {
      ...message,
      tool_calls: mapSame(calls, (call) => {
        const given = functionOf(call).arguments;
        if (typeof given === "string" || given === undefined) return call;
        return { ...call, function: { ...functionOf(call), arguments: jsonText(given) } };
      }),
    };
  }),
};

function orderCall(call: RenderMessage): RenderMessage {
  const called = pick(functionOf(call), FUNCTION_FIELDS);
  const ordered = pick(call, CALL_FIELDS);
  return called === functionOf(call) ? ordered : { ...ordered, function: called };
}

/** The named fields in that order; the same object where nothing would change. */
function pick(value: RenderMessage, names: readonly string[]): RenderMessage {
  const picked = Object.fromEntries(
    names.filter((name) => value[name] !== undefined).map((name) => [name, value[name]]),
  );
  return sameFields(picked, value) ? value : picked;
}

/** The same list where no item changed. */
function mapSame<T extends RenderValue>(list: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = list.map(change);
  return changed.every((item, index) => item === list[index]) ? list : changed;
}

function jsonText(value: RenderValue): string {
  if (value instanceof Numeral) return value.source;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const fields = entries.map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item as RenderValue)}`);
  return `{${fields.join(",")}}`;
}
