import { cpSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { Plugin } from "rollup";
import { run } from "../../release/src/run.ts";
import type { Packer } from "./packer.ts";
import { flagsFor, settingsFor } from "./recipes.ts";
import { runScript } from "./run-script.ts";
import { SINGLE_EXECUTABLES } from "./single-executables.ts";

const require = createRequire(import.meta.url);
const BUN = join(dirname(require.resolve("@oven/bun-linux-x64/package.json")), "bin", "bun");
const ESBUILD = join(dirname(require.resolve("esbuild/package.json")), "bin", "esbuild");
const NCC = join(dirname(require.resolve("@vercel/ncc/package.json")), "dist", "ncc", "cli.js");

/** Each makes what its recipe in docs/bundling.md says; what is set besides says where the program is and where it goes. */
export const PACKERS: readonly Packer[] = [
  esbuild("esbuild, CommonJS", []),
  esbuild("esbuild, CommonJS, minified", ["--minify"]),
  esbuild("esbuild, CommonJS, the condition production", ["--conditions=production"]),
  {
    name: "esbuild, ES module",
    recipe: "ES modules by esbuild",
    async pack(project, out) {
      await runScript("ES modules by esbuild", 0, project, process.execPath);
      cpSync(join(project.folder, "app.out.mjs"), join(out, "app.out.mjs"));
      return [process.execPath, "app.out.mjs"];
    },
  },
  {
    name: "esbuild, ES modules in several files, minified",
    recipe: "ES modules by esbuild",
    async pack(project, out) {
      await runScript("ES modules by esbuild", 1, project, process.execPath);
      cpSync(join(project.folder, "app.out"), out, { recursive: true });
      return [process.execPath, "app.mjs"];
    },
  },
  {
    name: "rollup",
    recipe: "rollup",
    async pack({ entry, cached }, out) {
      const { rollup } = await import("rollup");
      const [commonjs, json, nodeResolve] = await Promise.all([
        plugin("@rollup/plugin-commonjs"),
        plugin("@rollup/plugin-json"),
        plugin("@rollup/plugin-node-resolve"),
      ]);
      const settings = settingsFor("rollup", cached, { commonjs, json, nodeResolve });
      const bundle = await rollup({ ...settings, input: entry, onwarn: () => {} });
      await bundle.write({ dir: out, format: "esm", ...MODULE_NAMES });
      return [process.execPath, "main.mjs"];
    },
  },
  {
    name: "rolldown",
    recipe: "rolldown",
    async pack({ entry, cached }, out) {
      const { build } = await import("rolldown");
      const output = { dir: out, format: "esm", ...MODULE_NAMES } as const;
      await build({ ...settingsFor("rolldown", cached), input: entry, logLevel: "silent", output });
      return [process.execPath, "main.mjs"];
    },
  },
  {
    name: "webpack, production",
    recipe: "webpack",
    async pack({ entry, folder, cached }, out) {
      const { default: webpack } = await import("webpack");
      const settings = settingsFor("webpack", cached);
      await finished((done) => webpack({ ...settings, ...production(entry, folder, out) }, done));
      return [process.execPath, "main.cjs"];
    },
  },
  {
    name: "rspack, production",
    recipe: "rspack",
    async pack({ entry, folder, cached }, out) {
      const { rspack } = await import("@rspack/core");
      const settings = settingsFor("rspack", cached);
      await finished((done) => rspack({ ...settings, ...production(entry, folder, out) }, done as never));
      return [process.execPath, "main.cjs"];
    },
  },
  {
    name: "vite, ssr with noExternal",
    recipe: "vite",
    async pack({ entry, folder, cached }, out) {
      const { build } = await import("vite");
      await build({
        ...settingsFor("vite", cached),
        root: folder,
        configFile: false,
        logLevel: "silent",
        build: {
          ssr: entry,
          outDir: out,
          emptyOutDir: false,
          rollupOptions: { output: { entryFileNames: "main.mjs" } },
        },
      });
      return [process.execPath, "main.mjs"];
    },
  },
  {
    name: "ncc",
    recipe: "ncc",
    async pack({ entry, folder, cached }, out) {
      const [, ...args] = commandFor("ncc", cached, entry);
      await run(process.execPath, [NCC, ...args, "--quiet", "--no-cache", "--out", out], { cwd: folder });
      return [process.execPath, "index.mjs"];
    },
  },
  {
    name: "nft: the files that a trace finds",
    recipe: "nft",
    async pack({ entry, folder }, out) {
      const { nodeFileTrace } = await import("@vercel/nft");
      const { fileList } = await nodeFileTrace([entry], { base: folder });
      for (const file of fileList) {
        mkdirSync(dirname(join(out, file)), { recursive: true });
        cpSync(join(folder, file), join(out, file));
      }
      return [process.execPath, relative(folder, entry)];
    },
  },
  {
    name: "bun build --target=node",
    recipe: "bun",
    async pack({ entry, folder, cached }, out) {
      const args = commandFor("bun", cached, entry).slice(1);
      const given = args.map((flag) => (flag.startsWith("--outdir=") ? `--outdir=${out}` : flag));
      await run(BUN, [...given, "--entry-naming=main.mjs"], { cwd: folder });
      return [process.execPath, "main.mjs"];
    },
  },
  {
    name: "bun build --compile",
    recipe: "bun, one executable",
    async pack({ entry, folder, cached }, out) {
      const args = commandFor("bun, one executable", cached, entry).slice(1);
      const given = args.map((flag) =>
        flag.startsWith("--outfile=") ? `--outfile=${join(out, "app")}` : flag,
      );
      await run(BUN, given, { cwd: folder });
      return [join(out, "app")];
    },
  },
  {
    name: "tsup, with noExternal",
    recipe: "tsup",
    async pack({ entry, cached }, out) {
      const { build } = await import("tsup");
      await build({
        ...settingsFor("tsup", cached),
        config: false,
        entry: { main: entry },
        outDir: out,
        format: ["cjs"],
        outExtension: () => ({ js: ".cjs" }),
        platform: "node",
        silent: true,
      });
      return [process.execPath, "main.cjs"];
    },
  },
  {
    name: "tsdown, with alwaysBundle",
    recipe: "tsdown",
    async pack({ entry, folder, cached }, out) {
      const { build } = await import("tsdown");
      await build({
        ...settingsFor("tsdown", cached),
        config: false,
        cwd: folder,
        entry: { main: entry },
        outDir: out,
        clean: false,
        format: "esm",
        platform: "node",
        logLevel: "silent",
      });
      return [process.execPath, "main.mjs"];
    },
  },
  ...SINGLE_EXECUTABLES,
];

const MODULE_NAMES = { entryFileNames: "main.mjs", chunkFileNames: "[name]-[hash].mjs" };

function esbuild(name: string, more: readonly string[]): Packer {
  return {
    name,
    recipe: "esbuild",
    async pack({ entry, folder, cached }, out) {
      const flags = flagsFor("esbuild", cached);
      const outfile = `--outfile=${join(out, "main.cjs")}`;
      await run(ESBUILD, [entry, ...flags, ...more, outfile, "--log-level=error"], { cwd: folder });
      return [process.execPath, "main.cjs"];
    },
  };
}

/** A command of the page for our program. */
function commandFor(packer: string, cached: boolean, entry: string): readonly string[] {
  return flagsFor(packer, cached).map((word) => (word === "app.mjs" ? entry : word));
}

function production(entry: string, folder: string, out: string): object {
  const output = { path: out, filename: "main.cjs", chunkFilename: "[id].cjs" };
  return { context: folder, mode: "production", entry, output };
}

async function plugin(name: string): Promise<(options?: object) => Plugin> {
  return ((await import(name)) as { default: (options?: object) => Plugin }).default;
}

/** Waits for a compiler of webpack's kind. @throws Error with what it has to say against the program */
function finished(
  start: (
    done: (error: Error | null, stats?: { hasErrors(): boolean; toString(): string }) => void,
  ) => unknown,
): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString()));
      else resolve();
    });
  });
}
