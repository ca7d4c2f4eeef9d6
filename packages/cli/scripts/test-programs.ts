// `npm run test:programs`: the command with real programs, as they are, against the emulator. Says which are installed;
// the tests of the others are skipped.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const PROGRAMS: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  "the Azure CLI (Debian: azure-cli)": ["az", "version", "--query", '"azure-cli"', "--output", "tsv"],
  "azure-identity of Python (Debian: python3-azure)": [
    "/usr/bin/python3",
    "-c",
    "import azure.identity as it; print(it.__version__)",
  ],
  "git (Debian: git)": ["git", "--version"],
  "Docker's client (Debian: docker.io)": ["docker", "--version"],
  "kubectl (Debian: kubernetes-client)": ["kubectl", "version", "--client"],
};

for (const [name, [program, ...args]] of Object.entries(PROGRAMS)) {
  const { error, status, stdout } = spawnSync(program, args, { encoding: "utf8" });
  const version = error === undefined && status === 0 ? stdout.trim().split("\n")[0] : "not installed";
  console.log(`${name}: ${version}`);
}
const tests = ["exec", "vitest", "run", "--project", "cli", "test/real-programs", ...process.argv.slice(2)];
process.exitCode = spawnSync("pnpm", tests, { cwd: root, stdio: "inherit" }).status ?? 1;
