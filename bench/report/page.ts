import { figureChart, ratioChart } from "./charts.ts";
import type { Results } from "./results.ts";
import { quantity, shareText, type Row } from "./row.ts";

/** The results as one page, which needs nothing from anywhere. */
export function page({ rows, surroundings }: Results): string {
  const facts = Object.entries(surroundings).map(([name, value]) => `${escape(name)}: ${escape(value)}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Entrada beside its peers</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; color: #1f2933; max-width: 1140px; margin: 2rem auto; padding: 0 1rem }
  table { border-collapse: collapse; width: 100%; font-size: 14px }
  th, td { text-align: right; padding: 4px 8px; border-bottom: 1px solid #e4e7eb }
  th:first-child, td:first-child, th:nth-child(2), td:nth-child(2) { text-align: left }
  svg { max-width: 100%; height: auto }
  .no { color: #b45309; font-weight: 600 }
  small, summary { color: #52606d }
</style>
<h1>Entrada beside its peers</h1>
<p>${facts.join("<br>")}</p>
<h2>Entrada's share of the peer's figure</h2>
<p>Shorter is better, the scale is logarithmic. Amber: the goal is not met.</p>
${ratioChart(rows)}
<h2>All figures</h2>
<table>
<tr><th>work<th>goal<th>Entrada<th>peer<th>ratio<th>spread<th>holds</tr>
${rows.map(line).join("\n")}
</table>
<h2>One by one</h2>
${rows.map(details).join("\n")}
</html>
`;
}

function line({ work, goal, entrada, peer, ratio, unit, note }: Row): string {
  const cells = [
    escape(work) + (note === undefined ? "" : `<br><small>${escape(note)}</small>`),
    escape(goal?.text ?? ""),
    quantity(entrada.median, unit),
    peer ? quantity(peer.median, unit) : "",
    ratio ? shareText(ratio.median) : "",
    ratio && ratio.lower !== ratio.upper ? `${shareText(ratio.lower)} to ${shareText(ratio.upper)}` : "",
  ];
  const verdict = goal ? (goal.holds ? "<td>yes" : '<td class="no">no') : "<td>";
  return `<tr>${cells.map((cell) => `<td>${cell}`).join("")}${verdict}</tr>`;
}

function details(row: Row): string {
  return `<details><summary>${escape(row.work)}</summary>${figureChart(row)}</details>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
