import { unavailableWords } from "../../../packages/broker/src/availability/broker-unavailable-reason.ts";

/** The page that has the table. */
export const FALLBACK_PAGE = "docs/broker.md";

const BEGIN = "<!-- fallback-table: written from the code by tools/docs/src/write-fallback-table.ts -->";
const END = "<!-- /fallback-table -->";

/** The page with the table of every reason why the browser takes over, in the words of the errors. */
export function withFallbackTable(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${FALLBACK_PAGE} needs ${BEGIN} and ${END}, in this order.`);
  return page.slice(0, begin + BEGIN.length) + `\n\n${fallbackTable()}\n\n` + page.slice(end);
}

function fallbackTable(): string {
  const rows = Object.entries(unavailableWords()).map(
    ([reason, { what, remedy }]) => `| \`${reason}\` | ${cell(what)} | ${cell(remedy)} |`,
  );
  return ["| `detail` | what was found | what to do for the broker |", "|---|---|---|", ...rows].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
