import { cpSync } from "node:fs";
import { join } from "node:path";
import { RUNTIMES, type Runtime } from "../../runtimes/src/runtimes.ts";
import type { Packer } from "./packer.ts";
import { runScript } from "./run-script.ts";

const HEADING = "One executable with Node.js";

/** Node.js itself with a program inside: one file, for a machine without Node.js. */
export const SINGLE_EXECUTABLES: readonly Packer[] = [
  single("Node.js 26", 0, "--build-sea"),
  single("Node.js 24", 1, "postject"),
];

function single(name: Runtime["name"], index: number, way: string): Packer {
  const here = process.platform === "linux" && process.arch === "x64";
  return {
    name: `a single executable of ${name}, by ${way}`,
    recipe: HEADING,
    slow: true,
    ...(!here && { absent: "the runtimes are fetched for Linux on x64" }),
    async pack(project, out) {
      const { command } = RUNTIMES.find((runtime) => runtime.name === name)!;
      await runScript(HEADING, index, project, command[0]);
      cpSync(join(project.folder, "app"), join(out, "app"));
      return [join(out, "app")];
    },
  };
}
