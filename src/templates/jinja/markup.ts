import type { Runtime } from "./runtime.ts";
import { Markup, runsOf, type Text, TextBuilder } from "./text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** The text with HTML's characters escaped, unless it is marked as safe already. Escapes keep the origin of what they stand for. */
export function escapeMarkup(runtime: Runtime, text: Text): Markup {
  if (text instanceof Markup) return text;
  runtime.meter.step(text.value.length / 64);
  const builder = new TextBuilder();
  let start = 0;
  for (const { length, origin } of runsOf(text)) {
    builder.write(
      text.value.slice(start, start + length).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!),
      origin,
    );
    start += length;
    runtime.meter.string(builder.length);
  }
  return safe(builder.text());
}

/** The text, marked as safe. */
export function safe(text: Text): Markup {
  return text instanceof Markup ? text : new Markup(text.value, text.source);
}
