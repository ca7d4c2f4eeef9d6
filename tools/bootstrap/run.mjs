// Runs `pnpm <arguments>` with a Node and a pnpm of known version, on a machine that has only some Node and npm.
// Both come from the npm registry: Node by a lock file with integrity, pnpm by exact version.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import tls from "node:tls";
import { fileURLToPath } from "node:url";

// TypeScript is run as it is, and the examples trust a certificate authority that is made while they run:
// Node 22.19, 24.5 and all later ones can do both.
const nodeIsNewEnough = Boolean(process.features.typescript) && "setDefaultCACertificates" in tls;
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const windows = process.platform === "win32";

// npm's own variables would make the inner npm and pnpm act on this folder with the outer command's settings.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_(?!config_(registry|cafile|https?_proxy|noproxy)$)/i.test(name),
  ),
);
environment.TURBO_TELEMETRY_DISABLED = "1";
environment.DO_NOT_TRACK = "1";

// An interrupt reaches the command, too. Without a listener this process would end first.
process.on("SIGINT", () => {});

function run(command, args, cwd) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd,
    env: environment,
    stdio: "inherit",
    shell: windows,
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 128 + constants.signals[signal]);
}

if (!nodeIsNewEnough) {
  const folder = join(here, "node");
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const binaries = join(folder, "node_modules", name, "bin");
  if (!existsSync(binaries)) {
    console.error(
      `Node ${process.versions.node} is older than 22.19: fetching Node 24 from the npm registry ...`,
    );
    run("npm", ["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"], folder);
  }
  environment.PATH = binaries + delimiter + environment.PATH;
}

const pnpmFolder = join(here, "pnpm");
const pnpm = join(pnpmFolder, "node_modules", ".bin", windows ? "pnpm.cmd" : "pnpm");
if (!existsSync(pnpm)) {
  console.error("Fetching pnpm from the npm registry ...");
  run("npm", ["install", "--no-package-lock", "--no-fund", "--no-audit", "--loglevel=error"], pnpmFolder);
}
environment.PATH = dirname(pnpm) + delimiter + environment.PATH;

if (!existsSync(join(root, "node_modules", ".modules.yaml"))) {
  console.error("Installing the packages of the lock file (first run only) ...");
  run(pnpm, ["install", "--frozen-lockfile", "--reporter=silent"], root);
}
run(pnpm, ["--loglevel=error", ...process.argv.slice(2)], root);
