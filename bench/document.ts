// `node bench/document.ts [RESULTS]`: puts the figures of a run, by default of the last whole one, into
// docs/performance.md, so that nobody types them.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markdown } from "./report/markdown.ts";
import type { Results } from "./report/results.ts";
import { CACHE, ROOT } from "./stage/folders.ts";

const BEGIN = "<!-- figures of a run: written by bench/document.ts -->";
const END = "<!-- end of the figures -->";

const [file = join(CACHE, "results.json")] = process.argv.slice(2);
const page = join(ROOT, "docs", "performance.md");
const results = JSON.parse(readFileSync(file, "utf8")) as Results;
const text = readFileSync(page, "utf8");
const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
if (before < 0 || after < before) throw new Error(`${page} has no place for the figures`);
writeFileSync(page, `${text.slice(0, before)}${BEGIN}\n\n${markdown(results)}\n\n${text.slice(after)}`);
console.log(`${results.rows.length} rows of ${file} are in ${page}`);
