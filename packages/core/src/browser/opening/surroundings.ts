import type * as FileSystem from "node:fs";

/** What a decision about browsers depends on, so that tests can describe another machine. */
export interface BrowserSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether there is a program at this path that we may run. */
  readonly isProgram: (path: string) => boolean;
  /** A small text file of the system, or `undefined` when there is none to read. */
  readonly readText: (path: string) => string | undefined;
}

// Asked for where it is used: an import makes Node load all that node:fs offers, its streams and promises included,
// which takes longer than loading this package.
const fileSystem = (): typeof FileSystem => process.getBuiltinModule("node:fs");

export const thisMachine: BrowserSurroundings = {
  platform: process.platform,
  env: process.env,
  isProgram(path) {
    const { accessSync, constants, statSync } = fileSystem();
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false; // missing or forbidden: the answer to the question
    }
  },
  readText(path) {
    try {
      return fileSystem().readFileSync(path, "utf8");
    } catch {
      return undefined; // missing or forbidden: the answer to the question
    }
  },
};
