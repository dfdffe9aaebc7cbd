import type { RenderValue } from "./engine.ts";
import type { Jinja, Value } from "./jinja-package.ts";
import { fixed, Numeral, shortest } from "./numbers.ts";

/** A number whose text differs from JavaScript's; `exact` is that text, held so that JSON writes it as it is. */
interface ExactValue extends Value {
  readonly numeral?: Numeral;
}

/** Makes JSON write `text` itself. */
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** Turns our values into the package's; Maps keep their order, which plain objects lose for keys like `1`. */
export function valueMaker({ Environment }: Jinja): (value: RenderValue) => Value {
  const make = (value: unknown) => new Environment().set("value", value);
  const exact = (numeral: Numeral): Value => {
    const value = numeral.text === String(numeral.value) ? numeral.value : rawJson(numeral.text);
    return Object.assign(make(numeral.isFloat ? 0.5 : 1), { value, numeral });
  };
  const convert = (value: RenderValue): Value => {
    if (typeof value === "number" && JSON.stringify(value) !== shortest(value))
      return exact(new Numeral(JSON.stringify(value)));
    if (value === null || typeof value !== "object") return make(value);
    if (value instanceof Numeral) return exact(value);
    if (Array.isArray(value)) return Object.assign(make([]), { value: value.map(convert) });
    const entries = value instanceof Map ? value : Object.entries(value as Record<string, RenderValue>);
    return Object.assign(make({}), { value: new Map([...entries].map(([key, item]) => [key, convert(item)])) });
  };
  return convert;
}

/** What llama-server's engine prints for `{{ value }}`: nothing for none, `True`, the items of a list one after the other. */
export function printed(value: Value): string {
  const numeral = (value as ExactValue).numeral;
  switch (value.type) {
    case "NullValue":
    case "UndefinedValue":
    case "ObjectValue":
      return "";
    case "BooleanValue":
      return value.value ? "True" : "False";
    case "FloatValue":
      return fixed(numeral?.value ?? (value.value as number));
    case "IntegerValue":
      return numeral?.text ?? String(value.value);
    case "ArrayValue":
      return (value.value as Value[]).map(printed).join("");
    default:
      return String(value);
  }
}

/** What its filter `string` makes: as Python's `str`, lists and mappings in Python's notation. */
export function asString(value: Value): string {
  switch (value.type) {
    case "NullValue":
      return "None";
    case "FloatValue":
      return (value as ExactValue).numeral?.text ?? shortest(value.value as number);
    case "ArrayValue":
      return `[${(value.value as Value[]).map(quoted).join(", ")}]`;
    case "ObjectValue": {
      const entries = [...(value.value as Map<string, Value>)];
      return `{${entries.map(([key, item]) => `${quote(key)}: ${quoted(item)}`).join(", ")}}`;
    }
    default:
      return printed(value);
  }
}

/** An item of a list or mapping; numbers are as they print, not as `string` makes them. */
function quoted(value: Value): string {
  if (value.type === "StringValue") return quote(value.value as string);
  return value.type === "FloatValue" ? printed(value) : asString(value);
}

function quote(text: string): string {
  return `'${text}'`;
}
