import { readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

const packages = readdirSync("packages").map((folder) => `packages/${folder}`);

// An unhandled rejection anywhere fails the run: vitest's default, and a guarantee of ours.
export default defineConfig({
  test: {
    // Some tests measure what a caller waits for: no more of them at once than there are processors on a small machine.
    maxWorkers: 2,
    projects: [
      ...packages,
      "native",
      "examples",
      "bench",
      "tools/api",
      "tools/build",
      "tools/docs",
      "tools/release",
      "tools/workflows",
    ].map((root) => ({
      test: {
        name: root.replace(/^packages\//, ""),
        root,
        include: ["src/**/*.test.ts", "test/**/*.test.ts"],
        testTimeout: 20_000,
      },
    })),
  },
});
