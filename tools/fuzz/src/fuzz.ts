// `npm run fuzz`: tries everything that reads what others have written with drawn inputs, as often as each night;
// `-- --short` as for a pull request, `-- TARGET ...` some of it, `-- --seconds N` for a time. The seed is printed:
// `-- --seed N` has the same inputs again, and `--from N --count 1` one of them.
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runTarget } from "./run-target.ts";
import { TARGETS, targetOf } from "./targets.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: "boolean" },
    seed: { type: "string" },
    seconds: { type: "string" },
    from: { type: "string" },
    count: { type: "string" },
  },
});
const targets = positionals.length > 0 ? positionals.map(targetOf) : TARGETS;
const seed = values.seed ?? String(randomInt(2 ** 31));
console.log(`Seed ${seed}; the same again: npm run fuzz -- --seed ${seed} ...`);

for (const target of targets) {
  const count = values.count ?? String(values.short === true ? target.short : target.nightly);
  const { seconds, from } = values;
  const run = await runTarget(ROOT, target, {
    FUZZ_SEED: seed,
    FUZZ_COUNT: count,
    ...(seconds === undefined ? {} : { FUZZ_SECONDS: seconds }),
    ...(from === undefined ? {} : { FUZZ_FROM: from }),
  });
  console.log(run.line);
  if (run.failed) process.exitCode = 1;
}
