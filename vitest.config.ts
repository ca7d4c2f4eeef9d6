import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*", "native", "examples"].map((root) => ({
      test: {
        name: root.replace(/^packages\//, ""),
        root,
        include: ["src/**/*.test.ts", "test/**/*.test.ts"],
        // A promise that nobody awaits fails the run: see docs/errors.md, "No promise floats".
        dangerouslyIgnoreUnhandledErrors: false,
        testTimeout: 20_000,
      },
    })),
  },
});
