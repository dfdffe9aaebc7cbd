import { styleText } from "node:util";
import type { Rendering } from "../../../templates/index.ts";
import { plain } from "../plain.ts";

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
  return parts.map(({ text, path }) => `${shownPath(path).padEnd(28)} ${plain(JSON.stringify(text))}\n`).join("");
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
