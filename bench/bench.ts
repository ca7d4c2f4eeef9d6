// The bench: `npm run bench` does all works, `npm run bench -- NAME ...` some. Prints one table; the results stand in
// .cache/bench as JSON and as a page as well.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { page } from "./report/page.ts";
import { surroundings, type Results } from "./report/results.ts";
import type { Row } from "./report/row.ts";
import { table } from "./report/table.ts";
import { installApplications } from "./stage/applications.ts";
import { openAuthority } from "./stage/authority.ts";
import { CACHE } from "./stage/folders.ts";
import { allWorks } from "./works/all-works.ts";
import type { Work } from "./works/work.ts";

const ROUNDS = 9;
const WRONG_USAGE = 2;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: String(ROUNDS) } },
});
const unknown = positionals.filter((name) => allWorks.every((work) => work.name !== name));
const rounds = Number(values.rounds);
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`npm run bench -- [NAME ...] [--rounds NUMBER]\n${namesOf(allWorks)}`);
  process.exit(WRONG_USAGE);
}
const works = allWorks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const started = performance.now();
console.log("Packing the packages and installing the applications ...");
const applications = await installApplications();
const facts = surroundings(applications["identity-plugins"]);
const rows: Row[] = [];
{
  await using authority = await openAuthority();
  for (const work of works) {
    const begun = performance.now();
    try {
      rows.push(...(await work.measure({ applications, authority, rounds })));
      console.log(`${work.name} (${seconds(begun)} s)`);
    } catch (error) {
      process.exitCode = 1;
      console.error(`${work.name} could not be measured:`, error);
    }
  }
}
const results: Results = { rows, surroundings: facts };
mkdirSync(CACHE, { recursive: true });
const name = positionals.length === 0 ? "results" : works.map((work) => work.name).join("-");
const files = { json: join(CACHE, `${name}.json`), page: join(CACHE, `${name}.html`) };
writeFileSync(files.json, `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(files.page, page(results));

console.log(`\n${table(rows)}\n`);
for (const [fact, value] of Object.entries(facts)) console.log(`${fact}: ${value}`);
console.log(`${rounds} rounds in ${seconds(started)} s. Charts: ${files.page}`);

function namesOf(all: readonly Work[]): string {
  return `NAME: ${all.map((work) => work.name).join(", ")}`;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
