import { defineConfig } from "vitest/config";
import { projectOf, testedFolders } from "./tools/check/src/tested-folders.ts";

// An unhandled rejection anywhere fails the run: vitest's default, and a guarantee of ours.
export default defineConfig({
  test: {
    // Some tests measure what a caller waits for: no more of them at once than there are processors on a small machine.
    maxWorkers: 2,
    projects: testedFolders(import.meta.dirname).map((root) => ({
      test: {
        name: projectOf(root),
        root,
        include: ["src/**/*.test.ts", "test/**/*.test.ts"],
        // Only what hangs takes so long: a machine that does much else at once makes some tests take a minute.
        testTimeout: 120_000,
        hookTimeout: 120_000,
      },
    })),
  },
});
