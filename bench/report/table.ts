import { quantity, shareText, type Row } from "./row.ts";

/** Of the columns of `cellsOf`. */
export const HEADINGS = ["work", "goal", "Entrada", "peer", "ratio", "spread", "holds"] as const;

/** The rows as one table of text, with what a reader must know under it. */
export function table(rows: readonly Row[]): string {
  const notes: string[] = [];
  const lines = rows.map((row) => [...cellsOf(row, notes)]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...lines.map((cells) => cells[column]!.length)),
  );
  const print = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 || column === 1 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join("  ")
      .trimEnd();
  return [
    print(HEADINGS),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...lines.map(print),
    "",
    ...notes.map((note, index) => `(${index + 1}) ${note}`),
  ].join("\n");
}

/** A row as the cells of a table; adds what is to stand under the table to `notes`. */
export function cellsOf(row: Row, notes: string[]): readonly string[] {
  const { entrada, peer, ratio, unit, goal, note } = row;
  if (note !== undefined && !notes.includes(note)) notes.push(note);
  const mark = note === undefined ? "" : ` (${notes.indexOf(note) + 1})`;
  return [
    row.work + mark,
    goal?.text ?? "",
    quantity(entrada.median, unit),
    peer ? quantity(peer.median, unit) : "",
    ratio ? shareText(ratio.median) : "",
    spreadOf(row),
    goal ? (goal.holds ? "yes" : "no") : "",
  ];
}

/** The quartiles of the ratio. Nothing where it was counted once. */
function spreadOf({ ratio }: Row): string {
  if (!ratio || ratio.lower === ratio.upper) return "";
  return `${shareText(ratio.lower)} to ${shareText(ratio.upper)}`;
}
