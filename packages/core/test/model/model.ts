// `npm run model`: explores the engine's interleavings, or shows that each seeded fault is found.
// -- --depth N (how many things happen), --all (no world is passed over because another looked the same), --seeded,
// --only TEXT (of the seeded faults or of the arrangements, those that have it in their name).
import { parseArgs } from "node:util";
import { ARRANGEMENTS } from "./arrangements.ts";
import { engineParts, type EngineParts } from "./engine-parts.ts";
import { explore, type Explored } from "./explore.ts";
import { SEEDED_FAULTS } from "./seeded-faults.ts";
import { partsWith } from "./parts-with.ts";

const { values } = parseArgs({
  options: {
    depth: { type: "string", default: "4" },
    all: { type: "boolean", default: false },
    seeded: { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});
const depth = Number(values.depth);
const isNamed = ({ name }: { readonly name: string }): boolean => name.includes(values.only);

function wayOf({ broken }: Explored): string {
  return broken ? `${broken.sentence} (${broken.what}) by: ${broken.way.join(" > ")}` : "";
}

async function allArrangements(): Promise<void> {
  let ways = 0;
  for (const arrangement of ARRANGEMENTS.filter(isNamed)) {
    const explored = await explore({ parts: engineParts, arrangement, depth, merge: !values.all });
    ways += explored.ways;
    console.log(`${arrangement.name}: ${explored.ways} ways, ${explored.steps} steps`);
    if (!explored.broken) continue;
    console.log(`BROKEN: ${wayOf(explored)}`);
    process.exitCode = 1;
  }
  console.log(`${ways} ways of ${depth} things each, 4 callers, 2 credentials`);
}

async function finding(parts: EngineParts): Promise<string | undefined> {
  // What is near is looked for first: a fault that two things bring to light is not looked for with four.
  for (let deep = 1; deep <= depth; deep += 1) {
    for (const arrangement of ARRANGEMENTS) {
      const explored = await explore({ parts, arrangement, depth: deep, merge: !values.all });
      if (explored.broken) return `${arrangement.name}: ${wayOf(explored)}`;
    }
  }
  return undefined;
}

async function allFaults(): Promise<void> {
  const faults = SEEDED_FAULTS.filter(isNamed);
  let found = 0;
  for (const fault of faults) {
    const how = await finding(await partsWith(fault));
    console.log(`${how === undefined ? "NOT FOUND" : "found"}: ${fault.name}${how ? `\n  ${how}` : ""}`);
    found += how === undefined ? 0 : 1;
  }
  console.log(`${found} of ${faults.length} seeded faults found`);
  if (found < faults.length || found === 0) process.exitCode = 1;
}

await (values.seeded ? allFaults() : allArrangements());
// Where a fault makes a call wait for ever, the engine keeps the process alive for it, as it should for a caller.
process.exit();
