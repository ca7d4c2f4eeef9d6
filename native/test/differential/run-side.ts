// Runs one case by one side, in a process of its own; what it called is in the journal afterwards.
import { Buffer } from "node:buffer";
import process from "node:process";
import { transport, play } from "../wine/fake-wam.ts";
import { observer } from "../wine/observer.ts";
import { comparisonCases } from "./comparison-cases.ts";
import { directory } from "./directory.ts";
import { loadMicrosoftRuntime } from "./microsoft-runtime.ts";

const [side, name] = process.argv.slice(2);
const found = comparisonCases.find((one) => one.name === name);
if (found === undefined) throw new Error(`no case "${name}"`);

const scenario = { ...directory, ...found.scenario };
const window = observer.createWindow(true);
if (side === "ours") {
  play(scenario);
  await found.ours(transport, window);
} else {
  // Microsoft's runtime works in the implicit apartment, of which Wine says that there is none.
  const lax = { ...scenario, lax: 1 };
  play(lax);
  const handle = Buffer.alloc(8);
  handle.writeBigUInt64LE(window);
  const runtime = loadMicrosoftRuntime(process.env["MSAL_NODE_RUNTIME"] ?? "");
  await found.microsoft(runtime, handle, () => play(lax));
}
console.log(JSON.stringify({ window: Number(window), violations: observer.violations() }));
// The runtime keeps threads that it does not end.
process.exit(0);
