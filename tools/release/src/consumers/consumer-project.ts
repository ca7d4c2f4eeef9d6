import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentOf, type NodeRuntime } from "../nodes.ts";
import { run } from "../run.ts";
import type { Tarball } from "../tarball.ts";

export type PackageManager = "npm" | "pnpm";

const programs = new URL("../../consumer/", import.meta.url);
const require = createRequire(import.meta.url);

/** An application in a folder of its own that gets the packages from a registry, as everybody's does. */
export class ConsumerProject {
  readonly #folder: string;
  readonly #manager: PackageManager;

  /** Makes the folder, with settings that send the scope to the local registry and the rest where it always goes. */
  constructor(folder: string, manager: PackageManager, npmrc: string) {
    this.#folder = folder;
    this.#manager = manager;
    mkdirSync(folder, { recursive: true });
    this.write("package.json", JSON.stringify({ name: "consumer", private: true, type: "module" }));
    this.write(".npmrc", npmrc);
    // Without hoisting a package reaches what its own manifest names, and nothing else.
    // A waiting time that users may have set would hold back what was published a moment ago.
    this.write(
      "pnpm-workspace.yaml",
      "packages: []\nminimumReleaseAgeExclude: ['@entrada/*']\nhoist: false\n",
    );
  }

  /**
   * Installs without running any script.
   * @param options - more of them, in the manager's own words
   * @throws Error where what was installed is not the very tarball
   */
  async install(
    tarballs: readonly Tarball[],
    others: readonly string[] = [],
    options: readonly string[] = [],
  ): Promise<void> {
    const names = [...tarballs.map(({ name, version }) => `${name}@${version}`), ...others];
    const command = this.#manager === "npm" ? "install" : "add";
    await run(this.#manager, [command, "--ignore-scripts", ...options, ...names], { cwd: this.#folder });
    const lock = readFileSync(
      join(this.#folder, this.#manager === "npm" ? "package-lock.json" : "pnpm-lock.yaml"),
      "utf8",
    );
    const strange = tarballs.filter(({ integrity }) => !lock.includes(integrity));
    if (strange.length > 0)
      throw new Error(`Not what was packed: ${strange.map(({ name }) => name).join(", ")}`);
  }

  /** Imports and requires every specifier in a fresh process, and compares what the two ways give. */
  async load(node: NodeRuntime, specifiers: readonly string[]): Promise<void> {
    this.copy("load.mjs");
    await this.node(node, ["load.mjs", ...specifiers]);
  }

  /** Runs a program of the project's folder. */
  async node(node: NodeRuntime, args: readonly string[]): Promise<string> {
    return run(node.path, args, { cwd: this.#folder, environment: environmentOf(node) });
  }

  /** Checks the types of sources with one TypeScript, the declarations of the packages included unless told otherwise. */
  async typeCheck(
    compiler: string,
    files: readonly string[],
    resolution: "nodenext" | "bundler",
    { skipLibCheck = false }: { readonly skipLibCheck?: boolean } = {},
  ): Promise<void> {
    const compilerOptions = {
      target: "es2022",
      lib: ["es2023", "esnext.disposable"],
      module: resolution === "nodenext" ? "nodenext" : "esnext",
      moduleResolution: resolution,
      types: ["node"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck,
    };
    const config = `tsconfig.${compiler}.${resolution}.json`;
    this.write(config, JSON.stringify({ compilerOptions, files }));
    const tsc = join(require.resolve(`${compiler}/package.json`), "..", "bin", "tsc");
    await run(process.execPath, [tsc, "-p", config], { cwd: this.#folder });
  }

  /** Puts a program of `tools/release/consumer` into the project. */
  copy(name: string): void {
    copyFileSync(fileURLToPath(new URL(name, programs)), this.path(name));
  }

  write(name: string, content: string): void {
    writeFileSync(this.path(name), content);
  }

  path(name: string): string {
    return join(this.#folder, name);
  }
}
