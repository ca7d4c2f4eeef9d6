/** A test that runs what a block of commands says. */
export interface CommandRun {
  /** From the root of the repository. */
  readonly file: string;
  /** A piece of that file by which the run is found. */
  readonly says: string;
}

const INSTALL: CommandRun = {
  file: "tools/release/src/consumers/check-consumers.ts",
  says: "alone with ${manager}: install",
};
const SELF_TEST: CommandRun = {
  file: "packages/broker/src/self-test/self-test.test.ts",
  says: "dist/self-test/main.mjs",
};
const CODEMOD: CommandRun = { file: "packages/codemod/test/command-line.test.ts", says: "--dry-run" };
const EXECUTABLE: CommandRun = {
  file: "tools/bundles/src/single-executables.ts",
  says: "runScript(HEADING, index",
};

/** The blocks of commands that are run, each with the test that does so. Those of `console` are recorded by their runs. */
export const commandsRun: Readonly<Record<string, CommandRun>> = {
  "README.md: Install": INSTALL,
  "README.md: Try it here": { file: "examples/test/demo.test.ts", says: "runDemo" },
  "docs/broker.md: Enabling": INSTALL,
  "docs/broker.md: Linux": INSTALL,
  "docs/broker.md: WSL": {
    file: "native/scripts/wine/chain/installed-apart.ts",
    says: "`npm install --global @entrada/broker` leaves",
  },
  "docs/broker.md: WSL (2)": SELF_TEST,
  "docs/broker.md: What is proved, and what only a real Windows can tell": SELF_TEST,
  "docs/bundling.md: ES modules by esbuild": {
    file: "tools/bundles/src/packers.ts",
    says: 'runScript("ES modules by esbuild", 0',
  },
  "docs/bundling.md: ES modules by esbuild (2)": {
    file: "tools/bundles/src/packers.ts",
    says: 'runScript("ES modules by esbuild", 1',
  },
  "docs/bundling.md: One executable with Node.js": EXECUTABLE,
  "docs/bundling.md: One executable with Node.js (2)": EXECUTABLE,
  "docs/command-line-credential-helper.md: git": {
    file: "packages/cli/test/real-programs/documented-settings.test.ts",
    says: 'asThePageSays("git")',
  },
  "docs/command-line-credential-helper.md: kubectl": {
    file: "packages/cli/test/real-programs/documented-settings.test.ts",
    says: 'asThePageSays("kubectl")',
  },
  "docs/getting-started.md: Getting started": INSTALL,
  "docs/getting-started.md: Without a cloud account": {
    file: "packages/emulator/src/lost-output.test.ts",
    says: 'new URL("bin.ts", import.meta.url)',
  },
  "docs/logs-and-traces.md: The log": {
    file: "packages/device-code/test/process.test.ts",
    says: "AZURE_LOG_LEVEL",
  },
  "docs/migration.md: By program": CODEMOD,
  "docs/testing-with-the-emulator.md: Testing with the emulator": INSTALL,
  "docs/testing-with-the-emulator.md: As a server": {
    file: "packages/emulator/src/command-line.test.ts",
    says: "NODE_EXTRA_CA_CERTS",
  },
  "docs/wsl-ssh-containers.md: SSH": { file: "examples/test/port-forwarding.test.ts", says: "FORWARD" },
  "packages/auto/README.md: Install": INSTALL,
  "packages/broker/README.md: Install": INSTALL,
  "packages/cache/README.md: Install": INSTALL,
  "packages/cli/README.md: Install": INSTALL,
  "packages/cli/README.md: Example (2)": {
    file: "packages/cli/test/real-programs/python-sdk.test.ts",
    says: "--az-shim",
  },
  "packages/cli/README.md: Example (3)": {
    file: "packages/cli/test/real-programs/python-sdk.test.ts",
    says: '"run"',
  },
  "packages/codemod/README.md: Install": CODEMOD,
  "packages/core/README.md: Install": INSTALL,
  "packages/device-code/README.md: Install": INSTALL,
  "packages/emulator/README.md: Install": INSTALL,
  "packages/mcp/README.md: Install": INSTALL,
};

/** Those that are not, and why. */
export const commandsNotRun: Readonly<Record<string, string>> = {
  "docs/performance.md: Performance":
    "It measures for ten minutes, alone on its machine. bench/test runs every program of it once.",
  "docs/testing-with-the-emulator.md: As a server (2)":
    "There is no PowerShell here. The block before it sets the same variables.",
  "examples/README.md: Run one on your Azure":
    "It needs an Azure of one's own. examples/test/examples.test.ts runs the same files against services of this machine.",
  "packages/cli/README.md: Example":
    "curl would go to Azure itself. packages/cli/test/recorded-pages.test.ts runs each command of entrada in it.",
  "packages/cli/README.md: Example (4)":
    "It changes the settings of git and kubectl for good. packages/cli/test/real-programs/documented-settings.test.ts does the same on a machine of its own, and docker.test.ts writes the shim.",
};
