// `npm run release:version`: what a merged changeset becomes. New versions by changesets, changelogs in the Azure SDK's form.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useAzureHeadings } from "./changelog-headings.ts";
import { publishedPackages } from "./published-packages.ts";
import { run } from "./run.ts";

const root = process.cwd();
await run("changeset", ["version"], { cwd: root });
const date = new Date().toISOString().slice(0, 10);
for (const { name, version, folder } of publishedPackages(root)) {
  const file = join(folder, "CHANGELOG.md");
  writeFileSync(file, useAzureHeadings(readFileSync(file, "utf8"), version, date));
  console.log(`${name}@${version}`);
}
