// `npm run docs:fallback-table` in tools/docs: writes the table of docs/broker.md anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FALLBACK_PAGE, withFallbackTable } from "./fallback-table.ts";
import { ROOT } from "./site-folders.ts";

const file = join(ROOT, FALLBACK_PAGE);
writeFileSync(file, withFallbackTable(readFileSync(file, "utf8")));
