import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../release/src/run.ts";
import { bothKinds } from "./both-kinds.ts";
import { installPacked } from "./project.ts";

/** What a program of the CommonJS kind is compiled and run by, as its makers set it up. */
const TOOLS = [
  "typescript@5.9.3",
  "typescript-6@npm:typescript@6.0.3",
  "typescript-7@npm:typescript@7.0.2",
  "ts-node@10.9.2",
  "jest@30.5.2",
  "vitest@5.1.1",
  "@types/node@24",
];
export const MODES = ["commonjs", "node16", "node18", "nodenext", "esnext"] as const;
export const COMPILERS = ["typescript", "typescript-6", "typescript-7"] as const;
const PROGRAMS = ["require.ts", "require.test.js", "suite.ts"];
const programs = fileURLToPath(new URL("../program/", import.meta.url));
const SAYS = "ada@contoso.example true true\n";
const compilerOptions = {
  target: "es2022",
  lib: ["es2023", "esnext.disposable"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
};

/** One way in which a program of the CommonJS kind comes to the packages. */
export interface Way {
  readonly name: string;
  /** @throws Error where it does not work */
  readonly go: (folder: string) => Promise<void>;
}

/** Installs the packed packages into a project of the CommonJS kind. */
export async function installCommonJs(folder: string): Promise<string> {
  const project = join(folder, "common-js");
  mkdirSync(project);
  writeJson(join(project, "package.json"), { private: true });
  await installPacked(folder, project, TOOLS);
  for (const name of PROGRAMS) cpSync(join(programs, name), join(project, name));
  writeJson(join(project, "tsconfig.json"), { compilerOptions, files: ["require.ts"] });
  return project;
}

export const WAYS: readonly Way[] = [
  ...COMPILERS.flatMap((compiler) => MODES.map((mode) => compiled(compiler, mode))),
  {
    name: "ts-node",
    async go(folder) {
      const options = JSON.stringify({ module: "commonjs" });
      const bin = join("node_modules", "ts-node", "dist", "bin.js");
      expectSaid(await run(process.execPath, [bin, "-O", options, "require.ts"], { cwd: folder }));
    },
  },
  {
    name: "jest, as it is",
    async go(folder) {
      const bin = join("node_modules", "jest", "bin", "jest.js");
      await run(process.execPath, [bin, "--ci"], { cwd: folder });
    },
  },
  {
    name: "vitest, and TypeScript with module node16",
    async go(folder) {
      const settings = { ...compilerOptions, module: "node16", skipLibCheck: true, noEmit: true };
      writeJson(join(folder, "tsconfig.suite.json"), { compilerOptions: settings, files: ["suite.ts"] });
      const tsc = join("node_modules", "typescript", "bin", "tsc");
      await run(process.execPath, [tsc, "-p", "tsconfig.suite.json"], { cwd: folder });
      writeFileSync(join(folder, "vitest.config.mjs"), 'export default { test: { include: ["suite.ts"] } };');
      const bin = join("node_modules", "vitest", "vitest.mjs");
      await run(process.execPath, [bin, "run"], { cwd: folder });
    },
  },
  {
    name: "both kinds in one process",
    async go(folder) {
      await bothKinds(folder, [process.execPath]);
    },
  },
];

// The declarations are on trial as well as the program. These two cannot read msal-node's, which are said to be of the
// CommonJS kind and pass on those of its ES modules.
export const UNREADABLE_MSAL: readonly string[] = ["node16", "node18"];

function compiled(compiler: (typeof COMPILERS)[number], mode: (typeof MODES)[number]): Way {
  return {
    name: `${compiler}, module ${mode}`,
    async go(folder) {
      const { version } = JSON.parse(
        readFileSync(join(folder, "node_modules", compiler, "package.json"), "utf8"),
      ) as { readonly version: string };
      const out = join(folder, `out-${version}-${mode}`);
      const resolution = mode === "esnext" ? ["--moduleResolution", "bundler"] : [];
      const lax = UNREADABLE_MSAL.includes(mode) ? ["--skipLibCheck"] : [];
      const tsc = join("node_modules", compiler, "bin", "tsc");
      await run(
        process.execPath,
        [tsc, "-p", ".", "--module", mode, ...resolution, ...lax, "--outDir", out],
        {
          cwd: folder,
        },
      );
      if (mode === "esnext") writeJson(join(out, "package.json"), { type: "module" });
      expectSaid(await run(process.execPath, [join(out, "require.js")], { cwd: folder }));
    },
  };
}

function expectSaid(said: string): void {
  if (said !== SAYS) throw new Error(`It said:\n${said}`);
}

function writeJson(path: string, value: object): void {
  writeFileSync(path, JSON.stringify(value));
}
