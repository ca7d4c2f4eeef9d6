import { readFileSync } from "node:fs";
import { cpus, loadavg, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import type { Row } from "./row.ts";

/** Everything a run has found out. */
export interface Results {
  readonly rows: readonly Row[];
  /** What it ran on, and against which versions. */
  readonly surroundings: Readonly<Record<string, string>>;
}

/** @param application where the peers are installed */
export function surroundings(application: string): Readonly<Record<string, string>> {
  const [processor] = cpus();
  const peers = [
    "@azure/identity",
    "@azure/identity-broker",
    "@azure/identity-cache-persistence",
    "@azure/msal-node",
  ];
  return {
    date: new Date().toISOString().slice(0, 10),
    Node: process.versions.node,
    machine: `${cpus().length} × ${processor?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}`,
    "load at the start": loadavg()[0]!.toFixed(2),
    peers: peers.map((name) => `${name} ${versionOf(application, name)}`).join(", "),
  };
}

function versionOf(application: string, name: string): string {
  const text = readFileSync(join(application, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
