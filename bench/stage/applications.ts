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
  "@entrada/wam": "native",
} as const;

/** What each application depends on. Each is installed alone, as a user would. */
const APPLICATIONS = {
  entrada: ["@entrada/core", "@entrada/device-code", "@entrada/broker", "@entrada/cache"],
  "entrada-device-code": ["@entrada/device-code"],
  "entrada-broker-cache": ["@entrada/core", "@entrada/broker", "@entrada/cache"],
  identity: ["@azure/identity"],
  "identity-plugins": ["@azure/identity", "@azure/identity-broker", "@azure/identity-cache-persistence"],
  "msal-node": ["@azure/msal-node"],
} as const;

export type ApplicationName = keyof typeof APPLICATIONS;

/** The folders of the installed applications, each with the programs in it. */
export type Applications = Readonly<Record<ApplicationName, string>>;

/** Packs our packages and installs every application into an empty folder, unless one of the same content is there. */
export async function installApplications(): Promise<Applications> {
  const packed = await packOurs();
  const folders = {} as Record<ApplicationName, string>;
  for (const name of Object.keys(APPLICATIONS) as ApplicationName[]) {
    folders[name] = await install(name, packed);
    standInForKeytar(folders[name]);
    const programs = join(folders[name], "programs");
    rmSync(programs, { recursive: true, force: true });
    cpSync(join(BENCH, "programs"), programs, { recursive: true });
  }
  return folders;
}

/** Packs into new files; returns the file of each package. */
async function packOurs(): Promise<ReadonlyMap<string, string>> {
  const destination = join(CACHE, "packed");
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
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

async function install(name: ApplicationName, packed: ReadonlyMap<string, string>): Promise<string> {
  const folder = join(CACHE, "applications", name);
  const ours = [...packed].map(([each, file]) => [each, `file:${file}`] as const);
  const usesOurs = name.startsWith("entrada");
  const specifiers = Object.fromEntries([...Object.entries(pinnedPeers()), ...ours]);
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
    pmOnFail: "ignore",
    strictDepBuilds: false,
  };
  const content = [manifest, ...(usesOurs ? [...packed.values()].map(digest) : [])].join("\n");
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
