import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { BENCH, CACHE, ROOT } from "./folders.ts";
import { standInForKeytar } from "./keytar-stand-in.ts";

const run = promisify(execFile);

/** Our packages and where they are packed from. */
const OURS = {
  "@entrada/core": "packages/core",
  "@entrada/device-code": "packages/device-code",
  "@entrada/broker": "packages/broker",
  "@entrada/cache": "packages/cache",
  "@entrada/wam-win32-arm64": "native/prebuilds/win32-arm64",
  "@entrada/wam-win32-ia32": "native/prebuilds/win32-ia32",
  "@entrada/wam-win32-x64": "native/prebuilds/win32-x64",
  "@entrada/auto": "packages/auto",
  "@entrada/cli": "packages/cli",
} as const;

/** As many packages with one empty class as ours are: the floor of what an import can cost. */
export const EMPTY_PACKAGES = ["empty-1", "empty-2", "empty-3", "empty-4"] as const;

/** What each application depends on. Each is installed alone, as a user would. */
const APPLICATIONS = {
  entrada: ["@entrada/core", "@entrada/device-code", "@entrada/broker", "@entrada/cache"],
  "entrada-on-windows": ["@entrada/core", "@entrada/device-code", "@entrada/broker", "@entrada/cache"],
  "entrada-device-code": ["@entrada/device-code"],
  "entrada-broker-cache": ["@entrada/core", "@entrada/broker", "@entrada/cache"],
  "entrada-cli": ["@entrada/cli"],
  "entrada-redis": ["@entrada/core", "@entrada/cache", "redis"],
  identity: ["@azure/identity"],
  "identity-plugins": ["@azure/identity", "@azure/identity-broker", "@azure/identity-cache-persistence"],
  "msal-node": ["@azure/msal-node"],
  empty: EMPTY_PACKAGES,
} as const;

/** Those that are installed as on a Windows, for the Windows Node.js under Wine. */
const ON_WINDOWS: readonly ApplicationName[] = ["entrada-on-windows"];

export type ApplicationName = keyof typeof APPLICATIONS;

/** The folders of the installed applications, each with the programs in it. */
export type Applications = Readonly<Record<ApplicationName, string>>;

/** Packs our packages and installs every application into an empty folder, unless one of the same content is there. */
export async function installApplications(): Promise<Applications> {
  const destination = join(CACHE, "packed");
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  const packed = await packOurs(destination);
  const empty = await packEmpty(destination);
  const folders = {} as Record<ApplicationName, string>;
  for (const name of Object.keys(APPLICATIONS) as ApplicationName[]) {
    folders[name] = await install(name, packed, empty);
    standInForKeytar(folders[name]);
    const programs = join(folders[name], "programs");
    rmSync(programs, { recursive: true, force: true });
    cpSync(join(BENCH, "programs"), programs, { recursive: true });
  }
  return folders;
}

/** Returns the file of each package. */
async function packOurs(destination: string): Promise<ReadonlyMap<string, string>> {
  const packed = new Map<string, string>();
  for (const [name, folder] of Object.entries(OURS)) {
    await run("pnpm", ["pack", "--pack-destination", destination], { cwd: join(ROOT, folder) });
    const file = readdirSync(destination).find((each) =>
      each.startsWith(`${name.slice(1).replace("/", "-")}-`),
    );
    packed.set(name, join(destination, file!));
  }
  return packed;
}

/** Packs a package with one empty class; returns its file. */
async function packEmpty(destination: string): Promise<string> {
  const folder = join(CACHE, "empty");
  const exports = { ".": { default: "./dist/index.mjs" } };
  const manifest = { name: "empty", version: "1.0.0", type: "module", files: ["dist"], exports };
  mkdirSync(join(folder, "dist"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "dist", "index.mjs"), "export class Empty {}\n");
  await run("pnpm", ["pack", "--pack-destination", destination], { cwd: folder });
  return join(destination, "empty-1.0.0.tgz");
}

async function install(
  name: ApplicationName,
  packed: ReadonlyMap<string, string>,
  empty: string,
): Promise<string> {
  const folder = join(CACHE, "applications", name);
  const ours = [...packed].map(([each, file]) => [each, `file:${file}`] as const);
  const usesOurs = name.startsWith("entrada");
  const floor = EMPTY_PACKAGES.map((each) => [each, `file:${empty}`] as const);
  const specifiers = Object.fromEntries([...Object.entries(pinnedPeers()), ...ours, ...floor]);
  const manifest = JSON.stringify(
    {
      name: `bench-${name}`,
      private: true,
      dependencies: Object.fromEntries(APPLICATIONS[name].map((each) => [each, specifiers[each]])),
    },
    null,
    2,
  );
  const settings = {
    // The layout of npm, without links.
    nodeLinker: "hoisted",
    overrides: usesOurs ? Object.fromEntries(ours) : {},
    ...(ON_WINDOWS.includes(name) && { supportedArchitectures: { os: ["win32"], cpu: ["x64"] } }),
    pmOnFail: "ignore",
    strictDepBuilds: false,
  };
  const files = usesOurs ? [...packed.values()] : name === "empty" ? [empty] : [];
  const content = [manifest, ...files.map(digest)].join("\n");
  const receipt = join(folder, "receipt.txt");
  if (existsSync(receipt) && readFileSync(receipt, "utf8") === content) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), manifest);
  // YAML takes JSON as it is.
  writeFileSync(join(folder, "pnpm-workspace.yaml"), JSON.stringify({ packages: [], ...settings }));
  await run("pnpm", ["install", "--prod", "--ignore-scripts", "--prefer-offline"], { cwd: folder });
  writeFileSync(receipt, content);
  return folder;
}

/** The peers' exact versions stand in package.json. */
function pinnedPeers(): Record<string, string> {
  const { devDependencies } = JSON.parse(readFileSync(join(BENCH, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  return devDependencies;
}

function digest(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
