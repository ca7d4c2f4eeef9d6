import { release } from "node:os";
import { systemClock } from "@entrada/core/flow";
import type { WamProbe, WamWindow } from "@entrada/wam";
import type { FoundBroker } from "../availability/find-broker.ts";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";
import type { ReachedBroker } from "./reach-broker.ts";

/** What a reader of the report must know of the machine; nothing that tells whose it is. */
export interface MachineFacts {
  readonly node: string;
  readonly platform: string;
  readonly architecture: string;
  readonly release: string;
  /** Which program shows the console, as far as its environment variables tell. */
  readonly terminal: string;
  /** Why there is no broker, where there is none. */
  readonly detail?: BrokerUnavailableReason;
  readonly broker?: "wam" | "linux" | "wsl";
  /** Linux: what the broker says of itself. */
  readonly version?: string;
  readonly probe?: WamProbe;
  /** Which window would own a dialog. */
  readonly window?: WamWindow["source"] | "unknown";
  /** Linux: where a window would be shown. */
  readonly display?: "x11" | "wayland" | "none";
}

/** @param way - how WAM is asked, where it is WAM */
export async function machineFacts(search: ReachedBroker, way: "wam" | "wsl"): Promise<MachineFacts> {
  const { version: node, platform, arch: architecture, env } = process;
  const facts = { node, platform, architecture, release: release(), terminal: terminalOf(env) };
  if (!search.found) return { ...facts, detail: search.detail };
  if (search.kind === "linux") {
    const version = await linuxBrokerVersion(search.env);
    const known = version === undefined ? {} : { version };
    return { ...facts, broker: "linux", display: displayOf(env), ...known };
  }
  return { ...facts, broker: way, probe: search.probe, window: windowOf(search) };
}

function terminalOf(env: NodeJS.ProcessEnv): string {
  if (env["WT_SESSION"]) return "Windows Terminal";
  return env["TERM_PROGRAM"] || (env["MSYSTEM"] ? "mintty" : "console");
}

function displayOf(env: NodeJS.ProcessEnv): "x11" | "wayland" | "none" {
  return env["WAYLAND_DISPLAY"] ? "wayland" : env["DISPLAY"] ? "x11" : "none";
}

function windowOf({ transport }: Extract<FoundBroker, { kind: "wam" }>): WamWindow["source"] | "unknown" {
  try {
    return transport.resolveWindowHandle("console").source;
  } catch {
    return "unknown"; // the checks that follow tell more
  }
}

/** What the broker of Linux says of itself; a report without it is one, too. */
async function linuxBrokerVersion(
  env: Extract<FoundBroker, { kind: "linux" }>["env"],
): Promise<string | undefined> {
  const { LinuxClient } = await import("../linux/linux-client.ts");
  const client = new LinuxClient({ env, clock: systemClock, silentTimeoutInMs: 30_000 });
  try {
    return await client.version();
  } finally {
    client.close();
  }
}
