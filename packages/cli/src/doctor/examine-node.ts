import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { extraAuthoritiesFault } from "@entrada/core/http";
import type { Examined, Finding } from "./finding.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const PACKAGES = ["core", "broker", "cache"];

/** Node.js, the packages, and what the environment says of certificates. */
export function examineNode(
  env: Environment,
  own: string,
  version: string = process.versions.node,
): Examined {
  const versions = { cli: own, ...installedVersions() };
  const findings: Finding[] = [];
  const least = leastNode();
  if (isOlder(version, least)) {
    findings.push({
      code: "node_too_old",
      what: "This version of Node.js is too old.",
      todo: `Install Node.js ${least} or newer.`,
    });
  }
  if (new Set(Object.values(versions)).size > 1) {
    findings.push({
      code: "package_versions_differ",
      what: "The packages of Entrada have different versions.",
      todo: "Install the command anew: npm install --global @entrada/cli",
    });
  }
  const fault = extraAuthoritiesFault(env);
  if (fault !== undefined) {
    findings.push({
      code: "ca_file_unusable",
      what: "The file that NODE_EXTRA_CA_CERTS names cannot be used.",
      todo: "Write the full path of a PEM file into NODE_EXTRA_CA_CERTS, or unset it.",
      detail: `${fault}.`,
    });
  }
  if (env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") {
    findings.push({
      code: "certificate_check_off",
      what: "NODE_TLS_REJECT_UNAUTHORIZED=0 lets programs of Node.js trust every server.",
      todo: "Unset it, and name your certificate authority in NODE_EXTRA_CA_CERTS.",
    });
  }
  const text = Object.entries(versions)
    .map(([name, each]) => `${name} ${each}`)
    .join(", ");
  return {
    facts: [
      { name: "Node.js", shown: `${version} on ${process.platform}`, told: `${version} ${process.platform}` },
      { name: "Packages", shown: text, told: text },
    ],
    findings,
  };
}

function installedVersions(): Record<string, string> {
  return Object.fromEntries(
    PACKAGES.flatMap((name) => {
      const version = versionOf(`@entrada/${name}`);
      return version === undefined ? [] : [[name, version] as const];
    }),
  );
}

function versionOf(name: string): string | undefined {
  try {
    return manifestOf(name).version;
  } catch {
    return undefined; // Not installed.
  }
}

/** What this package says that it needs. */
function leastNode(): string {
  return manifestOf("@entrada/cli").engines?.node?.replace(/^>=/, "") ?? "";
}

function isOlder(version: string, least: string): boolean {
  const [own, other] = [version, least].map((each) => each.split(".").map(Number));
  const [major = 0, minor = 0] = own ?? [];
  const [leastMajor = 0, leastMinor = 0] = other ?? [];
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

interface Manifest {
  readonly version?: string;
  readonly engines?: { readonly node?: string };
}

function manifestOf(name: string): Manifest {
  const file = fileURLToPath(import.meta.resolve(`${name}/package.json`));
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}
