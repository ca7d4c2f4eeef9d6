import { release } from "node:os";
import type { WamProbe, WamWindow } from "@entrada/wam";
import type { BrokerSearch, FoundBroker } from "../availability/find-broker.ts";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";

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
  readonly broker?: "wam" | "linux";
  readonly probe?: WamProbe;
  /** Which window would own a dialog. */
  readonly window?: WamWindow["source"] | "unknown";
  /** Linux: where a window would be shown. */
  readonly display?: "x11" | "wayland" | "none";
}

export function machineFacts(search: BrokerSearch): MachineFacts {
  const { version: node, platform, arch: architecture, env } = process;
  const facts = { node, platform, architecture, release: release(), terminal: terminalOf(env) };
  if (!search.found) return { ...facts, detail: search.detail };
  if (search.kind === "linux") return { ...facts, broker: "linux", display: displayOf(env) };
  return { ...facts, broker: "wam", probe: search.probe, window: windowOf(search) };
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
