import { styleText } from "node:util";
import { type Cell, SETTINGS, type Stability, stabilityMatrix } from "../../../inspect/templates.ts";
import { plain } from "../plain.ts";
import type { Settings } from "../settings.ts";
import type { PlaceFlags } from "./flags.ts";
import { withPlace } from "./open-place.ts";
import { readableSubject } from "./readable-subject.ts";

const COLORS: Readonly<Record<Stability, Parameters<typeof styleText>[0]>> = {
  ok: "green",
  tail: "yellow",
  deep: "red",
  refused: "gray",
};

/** Prints the matrix of a template: a line for each step of a session, a column for each setting. Throws `usage`. */
export async function runMatrix(
  settings: Settings,
  place: string | undefined,
  flags: PlaceFlags & { readonly json?: boolean },
): Promise<void> {
  await withPlace(settings, place, flags, async (source) => {
    const cells = stabilityMatrix(await readableSubject(source));
    const output = flags.json
      ? JSON.stringify({ name: source.name, cells })
      : matrixLines(cells, settings.color.stdout).join("\n");
    process.stdout.write(`${output}\n`);
  });
}

/** The width of a column of the table, in characters. */
const WIDTH = 12;

function matrixLines(cells: readonly Cell[], color: boolean): string[] {
  const steps = Map.groupBy(cells, ({ id }) => id);
  const head = `    ${SETTINGS.map(({ name }) => name.padEnd(WIDTH)).join("")}`;
  const rows = [...steps].map(([id, row]) => {
    const shown = SETTINGS.map(({ name }) => row.find(({ setting }) => setting === name)).map((cell) =>
      cell ? paint(cell, color) : "",
    );
    return `${id}  ${shown.join("")}${row[0]!.about}`;
  });
  const settings = SETTINGS.map(({ name, about }) => `${name.padEnd(WIDTH - 2)}${about}`);
  return [head, ...rows, "", ...settings, ...adviceLines(cells)];
}

function paint(cell: Cell, color: boolean): string {
  const word = wordOf(cell).padEnd(WIDTH);
  return color ? styleText(COLORS[cell.stability], word, { validateStream: false }) : word;
}

function wordOf({ stability, lost }: Cell): string {
  if (stability === "tail") return `-${lost}`;
  return stability === "deep" ? `deep -${lost}` : stability;
}

/** What to do about what is deep, and why something was refused; each once. */
function adviceLines(cells: readonly Cell[]): string[] {
  const mends = Map.groupBy(
    cells.filter(({ stability }) => stability === "deep"),
    ({ mend }) => (mend ? `--chat-template-kwargs '{"${mend.name}": ${mend.value}}' mends it` : "no variable mends it"),
  );
  const refusals = Map.groupBy(
    cells.filter(({ refusal }) => refusal !== undefined),
    ({ refusal }) => plain(refusal!),
  );
  const placesOf = (some: readonly Cell[]) => some.map(({ id, setting }) => `${id} ${setting}`).join(", ");
  const lines = [
    ...[...mends].map(([mend, some]) => `deep at ${placesOf(some)}: ${mend}`),
    ...[...refusals].map(([words, some]) => `refused at ${placesOf(some)}: ${words}`),
  ];
  return lines.length > 0 ? ["", ...lines] : [];
}
