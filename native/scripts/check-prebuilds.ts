// Checks the binaries in prebuilds/: their processor and their size; with --release also that all are there and that
// they are fit to be published.
import { fileURLToPath } from "node:url";
import { prebuildProblems } from "./prebuilds.ts";

const folder = fileURLToPath(new URL("../prebuilds", import.meta.url));
const problems = prebuildProblems(folder, { release: process.argv.includes("--release") });
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
