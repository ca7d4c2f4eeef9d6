// The configuration of vitest while a target is fuzzed: that one test alone.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("../../..", import.meta.url)),
    include: [process.env["FUZZ_FILE"] ?? ""],
    maxWorkers: 1,
  },
});
