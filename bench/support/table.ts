/** One column of a printed table; numbers stand to the right. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | undefined;
}

/** The lines of a table: titles, then a line per row; what is undefined is shown as a dash. Without trailing spaces. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const cells = rows.map((row) => columns.map((column) => column.value(row)));
  const isNumber = columns.map((_, index) => cells.some((line) => typeof line[index] === "number"));
  const texts = [columns.map((column) => column.title), ...cells.map((line) => line.map(shown))];
  const widths = columns.map((_, index) => Math.max(...texts.map((line) => line[index]!.length)));
  return texts.map((line) =>
    line
      .map((cell, index) => (isNumber[index] ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!)))
      .join("  ")
      .trimEnd(),
  );
}

function shown(value: string | number | undefined): string {
  if (value === undefined) return "–";
  return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 1 }) : value;
}

/** The middle value; the mean of the two middle ones for an even count, NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
