// `npm run api`: writes the reports of the public surface anew. Whoever reviews a change sees there what it means to users.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { extractReport } from "./extract-report.ts";
import { publicEntries } from "./public-entries.ts";

const entries = publicEntries();
for (const entry of entries) {
  mkdirSync(dirname(entry.report), { recursive: true });
  writeFileSync(entry.report, extractReport(entry));
  console.log(`${entry.specifier} -> api/${basename(entry.report)}`);
}
const wanted = new Set(entries.map(({ report }) => basename(report)));
for (const folder of new Set(entries.map(({ report }) => dirname(report)))) {
  for (const file of readdirSync(folder)) if (!wanted.has(file)) rmSync(join(folder, file));
}
