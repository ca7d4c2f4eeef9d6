import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { RUNTIMES, type Runtime } from "../../runtimes/src/runtimes.ts";
import { run } from "../../release/src/run.ts";
import type { Packer } from "./packer.ts";
import type { Project } from "./project.ts";

/** The name of the place in Node.js where a program goes, as its documentation gives it. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";
const require = createRequire(import.meta.url);

/** Node.js itself with a program inside: one file, for a machine without Node.js. */
export const SINGLE_EXECUTABLES: readonly Packer[] = [
  single("Node.js 26", "--build-sea", async (node, out) => {
    await run(node, ["--build-sea", "sea.json"], { cwd: out });
  }),
  single("Node.js 24", "postject", async (node, out) => {
    await run(node, ["--experimental-sea-config", "sea.json"], { cwd: out });
    const { inject } = require("postject") as {
      inject(file: string, name: string, content: Buffer, options: { sentinelFuse: string }): Promise<void>;
    };
    const blob = readFileSync(join(out, "main"));
    cpSync(node, join(out, "main"));
    await inject(join(out, "main"), "NODE_SEA_BLOB", blob, { sentinelFuse: FUSE });
  }),
];

function single(
  name: Runtime["name"],
  way: string,
  make: (node: string, out: string) => Promise<void>,
): Packer {
  const here = process.platform === "linux" && process.arch === "x64";
  return {
    name: `a single executable of ${name}, by ${way}`,
    slow: true,
    ...(!here && { absent: "the runtimes are fetched for Linux on x64" }),
    async pack({ entry, folder, outside }: Project, out) {
      const { build } = await import("esbuild");
      await build({
        absWorkingDir: folder,
        entryPoints: [entry],
        outfile: join(out, "main.cjs"),
        bundle: true,
        external: [...outside],
        platform: "node",
        target: "node24",
        logLevel: "silent",
      });
      const settings = { main: "main.cjs", output: "main", disableExperimentalSEAWarning: true };
      writeFileSync(join(out, "sea.json"), JSON.stringify(settings));
      const { command } = RUNTIMES.find((runtime) => runtime.name === name)!;
      await make(command[0], out);
      for (const used of ["main.cjs", "sea.json"]) rmSync(join(out, used));
      chmodSync(join(out, "main"), 0o755);
      return [join(out, "main")];
    },
  };
}
