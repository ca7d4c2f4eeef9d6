// The configuration of vitest in Stryker's copy of a room: its tests alone, none of which fails for being slow.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { roomOf } from "./rooms.ts";

const room = roomOf(process.env["MUTATION_ROOM"] ?? "");

export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^.*\/measure\/expect-within\.ts$/u,
        replacement: fileURLToPath(new URL("unmeasured.ts", import.meta.url)),
      },
    ],
  },
  test: {
    root: room.folder,
    include: [...room.tests],
    setupFiles: [fileURLToPath(new URL("load-room.ts", import.meta.url))],
    exclude: ["**/*.fuzz.test.ts", ...(room.without ?? [])],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
