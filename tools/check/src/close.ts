// Ends the whole check: says what came of each of its parts, and leaves a line that counts all their tests.
//   node close.ts test=0=165 demo=0=8 'test:wine=no Wine=0'
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { closingLine, sumOf } from "./counts.ts";
import { readCounts } from "./counts-file.ts";
import { failureText } from "./failure-text.ts";
import { parsePart, resultOf } from "./parts.ts";
import { ROOT } from "./step.ts";

const parts = process.argv.slice(2).map(parsePart);
const results = parts.map((part) => resultOf(part, readCounts));
const width = Math.max(...parts.map(({ script }) => script.length));
console.log();
for (const [index, { text }] of results.entries())
  console.log(`npm run ${parts[index]?.script.padEnd(width)}  ${text}`);
// Once more, since of an output this long people are shown the end.
for (const [index, { failures }] of results.entries())
  for (const failure of failures) console.log(failureText(`npm run ${parts[index]?.script}`, failure));

const counts = sumOf(results.map((result) => result.counts));
console.log();
writeFileSync(join(ROOT, ".cache", "closing-line.txt"), `${closingLine(counts)}\n`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
