// `npm run limits`: what a crowd, an abort and a thousand callers may cost, and what they cost. `-- crowd cancel` for
// some of it; ends with 1 where a limit does not hold.
import { parseArgs } from "node:util";
import { allLimits } from "./all-limits.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { share: { type: "string", default: "1" } },
});
const works = allLimits.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (works.length === 0)
  throw new Error(`Say one or more of: ${allLimits.map(({ name }) => name).join(", ")}`);

for (const { name, measure } of works) {
  for (const { what, goal, figure, holds } of await measure(Number(values.share))) {
    console.log(`${holds ? "holds" : "FAILS"}  ${name}: ${what}: ${figure} (${goal})`);
    if (!holds) process.exitCode = 1;
  }
}
// What was aborted in the middle of a request leaves sockets to an authority that is gone.
process.exit();
