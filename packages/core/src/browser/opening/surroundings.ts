import { accessSync, constants, readFileSync, statSync } from "node:fs";

/** What a decision about browsers depends on, so that tests can describe another machine. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether there is a program at this path that we may run. */
  readonly isProgram: (path: string) => boolean;
  /** A small text file of the system, or `undefined` when there is none to read. */
  readonly readText: (path: string) => string | undefined;
}

export const thisMachine: Surroundings = {
  platform: process.platform,
  env: process.env,
  isProgram(path) {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false; // missing or forbidden: the answer to the question
    }
  },
  readText(path) {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined; // missing or forbidden: the answer to the question
    }
  },
};
