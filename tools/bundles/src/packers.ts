import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { BuildOptions } from "esbuild";
import type { Plugin } from "rollup";
import { run } from "../../release/src/run.ts";
import type { Packer } from "./packer.ts";
import { SINGLE_EXECUTABLES } from "./single-executables.ts";

/** Modules of the CommonJS kind inside a bundle of ES modules find `require` by this: msal-node brings some. */
const REQUIRE = `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`;
const require = createRequire(import.meta.url);
const BUN = join(dirname(require.resolve("@oven/bun-linux-x64/package.json")), "bin", "bun");

export const PACKERS: readonly Packer[] = [
  esbuild("esbuild, CommonJS", { format: "cjs" }),
  esbuild("esbuild, CommonJS, minified", { format: "cjs", minify: true }),
  esbuild("esbuild, ES module with createRequire in its banner", { format: "esm", banner: { js: REQUIRE } }),
  esbuild("esbuild, CommonJS, the condition production", { format: "cjs", conditions: ["production"] }),
  {
    name: "rollup",
    async pack({ entry, outside }, out) {
      const { rollup } = await import("rollup");
      const [commonjs, json, resolve] = await Promise.all([
        plugin("@rollup/plugin-commonjs"),
        plugin("@rollup/plugin-json"),
        plugin("@rollup/plugin-node-resolve"),
      ]);
      const bundle = await rollup({
        input: entry,
        external: [...outside],
        plugins: [resolve({ preferBuiltins: true }), commonjs(), json()],
        onwarn: () => {},
      });
      await bundle.write({
        dir: out,
        format: "esm",
        entryFileNames: "main.mjs",
        chunkFileNames: "[name]-[hash].mjs",
      });
      return [process.execPath, "main.mjs"];
    },
  },
  {
    name: "rolldown",
    async pack({ entry, outside }, out) {
      const { build } = await import("rolldown");
      await build({
        input: entry,
        external: [...outside],
        platform: "node",
        logLevel: "silent",
        output: { dir: out, format: "esm", entryFileNames: "main.mjs", chunkFileNames: "[name]-[hash].mjs" },
      });
      return [process.execPath, "main.mjs"];
    },
  },
  {
    name: "webpack, production",
    async pack({ entry, folder, outside }, out) {
      const { default: webpack } = await import("webpack");
      await finished((done) =>
        webpack(
          {
            context: folder,
            mode: "production",
            target: "node20",
            entry,
            externals: outside.map((name) => ({ [name]: `commonjs ${name}` })),
            output: { path: out, filename: "main.cjs", chunkFilename: "[id].cjs" },
          },
          done,
        ),
      );
      return [process.execPath, "main.cjs"];
    },
  },
  {
    name: "rspack, production",
    async pack({ entry, folder, outside }, out) {
      const { rspack } = await import("@rspack/core");
      await finished((done) =>
        rspack(
          {
            context: folder,
            mode: "production",
            target: "node20",
            entry,
            externals: outside.map((name) => ({ [name]: `commonjs ${name}` })),
            output: { path: out, filename: "main.cjs", chunkFilename: "[id].cjs" },
          },
          done as never,
        ),
      );
      return [process.execPath, "main.cjs"];
    },
  },
  {
    name: "vite, ssr with noExternal",
    async pack({ entry, folder, outside }, out) {
      const { build } = await import("vite");
      await build({
        root: folder,
        configFile: false,
        logLevel: "silent",
        ssr: { noExternal: true, external: [...outside] },
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
    async pack({ entry }, out) {
      const ncc = require("@vercel/ncc") as (
        entry: string,
        options: object,
      ) => Promise<{ code: string; assets: Readonly<Record<string, { source: string | Buffer }>> }>;
      const { code, assets } = await ncc(entry, { quiet: true, cache: false, esm: true });
      writeFileSync(join(out, "index.mjs"), code);
      for (const [name, { source }] of Object.entries(assets)) {
        mkdirSync(dirname(join(out, name)), { recursive: true });
        writeFileSync(join(out, name), source);
      }
      // ncc says what kind of module it made by this.
      writeFileSync(join(out, "package.json"), JSON.stringify({ type: "module" }));
      return [process.execPath, "index.mjs"];
    },
  },
  {
    name: "nft: the files that a trace finds",
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
    async pack({ entry, folder }, out) {
      await run(BUN, ["build", "--target=node", "--entry-naming=main.mjs", `--outdir=${out}`, entry], {
        cwd: folder,
      });
      return [process.execPath, "main.mjs"];
    },
  },
  {
    name: "bun build --compile",
    async pack({ entry, folder }, out) {
      await run(BUN, ["build", "--compile", `--outfile=${join(out, "main")}`, entry], { cwd: folder });
      return [join(out, "main")];
    },
  },
  {
    name: "tsup, with noExternal",
    async pack({ entry, outside }, out) {
      const { build } = await import("tsup");
      await build({
        config: false,
        entry: { main: entry },
        outDir: out,
        format: ["cjs"],
        outExtension: () => ({ js: ".cjs" }),
        platform: "node",
        silent: true,
        noExternal: [everythingBut(outside)],
        external: [...outside],
      });
      return [process.execPath, "main.cjs"];
    },
  },
  {
    name: "tsdown, with alwaysBundle",
    async pack({ entry, folder, outside }, out) {
      const { build } = await import("tsdown");
      await build({
        config: false,
        cwd: folder,
        entry: { main: entry },
        outDir: out,
        clean: false,
        format: "esm",
        platform: "node",
        logLevel: "silent",
        deps: { alwaysBundle: (id) => !outside.includes(id), neverBundle: [...outside] },
      });
      return [process.execPath, "main.mjs"];
    },
  },
  ...SINGLE_EXECUTABLES,
];

function esbuild(name: string, options: BuildOptions): Packer {
  return {
    name,
    async pack({ entry, folder, outside }, out) {
      const { build } = await import("esbuild");
      const file = options.format === "esm" ? "main.mjs" : "main.cjs";
      await build({
        absWorkingDir: folder,
        entryPoints: [entry],
        outfile: join(out, file),
        bundle: true,
        external: [...outside],
        platform: "node",
        target: "node20",
        logLevel: "silent",
        ...options,
      });
      return [process.execPath, file];
    },
  };
}

function everythingBut(names: readonly string[]): RegExp {
  return new RegExp(`^(?!(?:${names.map((name) => RegExp.escape(name)).join("|")})$)`);
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
