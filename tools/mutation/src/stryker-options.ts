import { fileURLToPath } from "node:url";
import type { Room } from "./room.ts";

const plugin = (name: string): string => fileURLToPath(import.meta.resolve(name));

interface Part {
  /** Only these of the room's sources, as seen from the root. Default: all. */
  readonly files?: readonly string[] | undefined;
  /**
   * How many mutants are tried at once. Default: 8, more than there are processors, since a room of listeners spends its
   * time in waiting for mutants that never end.
   */
  readonly workers?: string | undefined;
}

/** What Stryker is told about a room. */
export function strykerOptions(room: Room, report: string, { files, workers = "8" }: Part = {}): object {
  return {
    testRunner: "vitest",
    vitest: { configFile: "tools/mutation/src/room-tests.ts", related: false },
    plugins: [
      plugin("@stryker-mutator/vitest-runner"),
      fileURLToPath(new URL("ignore-sentences.ts", import.meta.url)),
    ],
    ignorers: ["sentences"],
    mutate: [...(files ?? room.sources.map((source) => `${room.folder}/${source}`)), "!**/*.test.ts"],
    coverageAnalysis: "perTest",
    // What runs once, when a file is loaded, has to be tried with every test: it costs hours and shows tables.
    ignoreStatic: true,
    concurrency: Number(workers),
    timeoutMS: 30_000,
    // The copy holds the room's package without what is built or installed; that is linked.
    ignorePatterns: [
      "**",
      ...[
        `${room.folder}/**`,
        "tools/{measure,mutation}/**",
        "tsconfig.base.json",
        // A package's names those of the packages that it is built on.
        "{native,packages/*}/tsconfig.json",
        "package.json",
      ].map((kept) => `!${kept}`),
      "**/{node_modules,dist,.cache,.turbo}",
    ],
    tempDirName: ".cache/stryker",
    allowEmpty: true,
    incremental: true,
    incrementalFile: `.cache/mutation/${room.name}-incremental.json`,
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: report },
    checkers: [],
  };
}
