import { cellsOf, HEADINGS } from "./table.ts";
import type { Results } from "./results.ts";

/** The results of a run as Markdown: what it ran on, the table, and what a reader must know under it. */
export function markdown({ rows, surroundings }: Results): string {
  const notes: string[] = [];
  const lines = rows.map((row) => line(cellsOf(row, notes)));
  return [
    ...Object.entries(surroundings).map(([fact, value]) => `- ${fact}: ${value}`),
    "",
    line(HEADINGS),
    line(HEADINGS.map((_, column) => (column < 2 ? "---" : "---:"))),
    ...lines,
    "",
    ...notes.map((note, index) => `(${index + 1}) ${note}  `),
  ].join("\n");
}

function line(cells: readonly string[]): string {
  // A "<" would begin an element.
  return `| ${cells.map((cell) => cell.replaceAll("<", "&lt;").replaceAll("|", "\\|")).join(" | ")} |`;
}
