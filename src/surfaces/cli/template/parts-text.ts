import { styleText } from "node:util";
import type { Rendering } from "../../../templates/index.ts";
import { plain } from "../plain.ts";

/** As wide as the place of a call. */
const PLACE_WIDTH = 26;

type Color = Parameters<typeof styleText>[0];

/** By the field that a text comes from, the first that is in its path. */
const COLORS: readonly (readonly [string, Color])[] = [
  ["tool_calls", "magenta"],
  ["tools", "yellow"],
  ["reasoning_content", "blue"],
  ["messages", "green"],
];

/** A prompt by origin: coloured where there is colour, else a line for each part with its place in the input. */
export function partLines(parts: Rendering["parts"], color: boolean): string {
  if (color) return `${parts.map(painted).join("")}\n${legend()}\n`;
  return byField(parts)
    .map(({ text, place }) => `${place.padEnd(PLACE_WIDTH)} ${plain(JSON.stringify(text))}\n`)
    .join("");
}

/** Neighbours of one field as one: a tool's schema printed as JSON has a part for each of its values. */
function byField(parts: Rendering["parts"]): { place: string; text: string }[] {
  const fields: { place: string; text: string }[] = [];
  for (const { text, path } of parts) {
    const place = shownPath(path?.slice(0, path.includes("tool_calls") ? 4 : path[0] === "tools" ? 2 : 3));
    const last = fields.at(-1);
    if (last?.place === place) last.text += text;
    else fields.push({ place, text });
  }
  return fields;
}

function painted({ text, path }: Rendering["parts"][number]): string {
  if (!path) return styleText("gray", plain(text), { validateStream: false });
  return styleText(colorOf(path), plain(text), { validateStream: false });
}

function colorOf(path: readonly (string | number)[]): Color {
  return COLORS.find(([field]) => path.includes(field))?.[1] ?? "cyan";
}

function legend(): string {
  const entries: readonly (readonly [string, Color])[] = [["template", "gray"], ...COLORS, ["variables", "cyan"]];
  return entries.map(([name, color]) => styleText(color, name, { validateStream: false })).join("  ");
}

function shownPath(path: readonly (string | number)[] | undefined): string {
  if (!path) return "template";
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : index > 0 ? `.${key}` : key)).join("");
}
