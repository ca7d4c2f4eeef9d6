import { readFileSync } from "node:fs";
import { join } from "node:path";
import { footprint } from "../../../measure/footprint.ts";
import type { Checks } from "../checks.ts";
import { bundleProgram } from "./bundle-program.ts";
import { checkRealClients } from "./check-real-clients.ts";
import { ConsumerProject, type PackageManager } from "./consumer-project.ts";
import type { ConsumerChecks } from "./consumer-checks.ts";
import { readExpectation } from "../expectation.ts";
import { checkWindowsInstalls } from "./check-windows-installs.ts";
import { nativeFiles, type NativeFile } from "../../../measure/native-files.ts";
import type { NodeRuntime } from "../nodes.ts";
import type { PackedPackage } from "../packed-package.ts";

const MANAGERS: readonly PackageManager[] = ["npm", "pnpm"];
const COMPILERS = ["typescript-7", "typescript-6", "typescript-5"] as const;

/** What the entry points for tests need beside the packages, and what the programs are checked against. */
const TYPES = ["@types/node@24", "@azure/core-auth@1"];
const PEERS = ["vitest@5.1.1", "redis@6", "@azure/msal-node-runtime@0.20"];

/** What users do with the packages: one alone, all together, with npm and with pnpm, on every Node. */
export async function checkConsumers(checks: Checks, surroundings: ConsumerChecks): Promise<void> {
  const { nodes, packages } = surroundings;
  console.log(`       Node.js here: ${nodes.map(({ version }) => version).join(", ")}`);
  await checks.check("there is a Node.js 20, 22 and 24", () => {
    const majors = nodes.map(({ version }) => version.split(".")[0]);
    const absent = ["20", "22", "24"].filter((major) => !majors.includes(major));
    if (absent.length > 0) throw new Error(`No Node.js ${absent.join(", ")} on this machine`);
  });
  const importable = packages.filter(({ processor }) => processor === undefined);
  for (const manager of MANAGERS) {
    for (const entry of importable) await checkAlone(checks, surroundings, manager, entry);
    await checkTogether(checks, { ...surroundings, packages: importable }, manager);
  }
  await checkWindowsInstalls(checks, surroundings);
  await checkRealClients(checks, surroundings);
}

async function checkAlone(
  checks: Checks,
  { folder, npmrc, nodes }: ConsumerChecks,
  manager: PackageManager,
  { name, specifiers, tarball }: PackedPackage,
): Promise<void> {
  const project = new ConsumerProject(join(folder, manager, name.replace("/", "-")), manager, npmrc);
  await checks.check(`${name} alone with ${manager}: install`, () =>
    project.install([tarball], ["@types/node@24"]),
  );
  await checks.check(`${name} alone with ${manager}: brings no native code but what is meant`, () => {
    if (process.platform !== "linux") return;
    const strange = nativeFiles(project.path("node_modules")).filter((native) => !isOfParser(native));
    if (strange.length > 0) throw new Error(strange.map(({ file, of }) => `${file}: ${of}`).join("\n"));
  });
  const { maxBytesOnDisk } = readExpectation(name);
  if (maxBytesOnDisk !== undefined && manager === "npm") {
    await checks.check(`${name} alone with npm: takes no more room than it may`, () => {
      const modules = project.path("node_modules");
      const { bytesOnDisk, bytesOfFolders } = footprint(
        modules,
        OF_THE_CHECK.map((other) => join(modules, other)),
      );
      const bytes = bytesOnDisk + bytesOfFolders;
      console.log(`       ${(bytes / 2 ** 20).toFixed(2)} MiB on the disk`);
      if (bytes > maxBytesOnDisk) throw new Error(`${bytes} bytes are more than ${maxBytesOnDisk}`);
    });
  }
  const usable = specifiers.filter((specifier) => !NEEDS_PEER.has(specifier));
  for (const node of nodes) {
    await checks.check(`${name} alone with ${manager}: import and require on Node.js ${node.version}`, () =>
      project.load(node, usable),
    );
  }
  project.write("every-entry.ts", everyEntry(usable));
  await checks.check(`${name} alone with ${manager}: types`, () =>
    project.typeCheck("typescript-7", ["every-entry.ts"], "nodenext"),
  );
}

/** No application runs the codemod: it reads the sources of one, with a parser that is prebuilt for each system. */
function isOfParser({ file }: NativeFile): boolean {
  return /@oxc-parser[/+]binding-/.test(file);
}

/** What is installed beside the package, to check its types. */
const OF_THE_CHECK = ["@types/node", "undici-types"];

/** Passes on all that some entry points declare, so that the compiler reads all of it. */
function everyEntry(specifiers: readonly string[]): string {
  return specifiers.map((path, at) => `export * as entry${at} from "${path}";\n`).join("");
}

/** Entry points that say in package.json which package of another maker they need. */
const NEEDS_PEER: ReadonlySet<string> = new Set(["@entrada/core/testing"]);

async function checkTogether(
  checks: Checks,
  { folder, npmrc, nodes, packages }: ConsumerChecks,
  manager: PackageManager,
): Promise<void> {
  const project = new ConsumerProject(join(folder, manager, "together"), manager, npmrc);
  const all = packages.flatMap(({ specifiers }) => specifiers);
  await checks.check(`all together with ${manager}: install`, () =>
    project.install(
      packages.map(({ tarball }) => tarball),
      [...TYPES, ...PEERS],
    ),
  );
  for (const program of ["authority.mjs", "sign-in.mjs", "every-package.ts"]) project.copy(program);
  project.write("every-entry.ts", everyEntry(all));
  for (const node of nodes) {
    const on = `all together with ${manager} on Node.js ${node.version}`;
    await checks.check(`${on}: import and require`, () =>
      // vitest, which the contract suites are written for, needs a newer Node.js than the packages do.
      project.load(node, node.version.startsWith("20.") ? all.filter((path) => !NEEDS_PEER.has(path)) : all),
    );
    await checks.check(`${on}: sign in by device code and with the browser`, () =>
      signIn(project, node, "sign-in.mjs"),
    );
  }
  // What an older compiler makes of the declarations does not depend on who installed them.
  for (const compiler of manager === "npm" ? COMPILERS : COMPILERS.slice(0, 1)) {
    for (const resolution of ["nodenext", "bundler"] as const) {
      await checks.check(`all together with ${manager}: types, ${versionOf(compiler)}, ${resolution}`, () =>
        project.typeCheck(compiler, ["every-package.ts", "every-entry.ts"], resolution),
      );
    }
  }
  for (const format of ["esm", "cjs"] as const) {
    await checks.check(
      `all together with ${manager}: bundled as ${format}, and signed in with the bundle`,
      async () => {
        const bundle = await bundleProgram(project, "sign-in.mjs", format);
        for (const node of nodes) await signIn(project, node, bundle);
      },
    );
  }
}

async function signIn(project: ConsumerProject, node: NodeRuntime, program: string): Promise<void> {
  const said = await project.node(node, ["authority.mjs", program]);
  const expected = [
    "ada@contoso.example with DeviceCodeCredential",
    "ada@contoso.example with InteractiveBrowserCredential",
  ];
  if (said.trimEnd() !== expected.join("\n")) throw new Error(`It said:\n${said}`);
}

function versionOf(compiler: (typeof COMPILERS)[number]): string {
  const manifest = JSON.parse(
    readFileSync(new URL(`../../node_modules/${compiler}/package.json`, import.meta.url), "utf8"),
  ) as {
    readonly version: string;
  };
  return `TypeScript ${manifest.version}`;
}
