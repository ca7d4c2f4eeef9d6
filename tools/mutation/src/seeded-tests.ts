// The configuration of vitest while a seeded mutant is tried. The file is changed on its way to the tests: nothing is
// written to the work tree, so nothing has to be put back.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { SEEDED } from "./seeded.ts";
import { applySeeded } from "./seeded-mutant.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const mutant = SEEDED.find(({ name }) => name === process.env["SEEDED_MUTANT"]);
if (mutant === undefined) throw new Error("SEEDED_MUTANT names no mutant");
const path = join(ROOT, mutant.file);

export default defineConfig({
  plugins: [
    {
      name: "seeded-mutant",
      enforce: "pre",
      load: (id) => (id === path ? applySeeded(mutant, readFileSync(path, "utf8")) : undefined),
    },
  ],
  test: {
    root: ROOT,
    // It goes by what is on the disk, where no mutant is.
    fsModuleCache: false,
    include: [...mutant.tests],
    maxWorkers: 1,
    bail: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
