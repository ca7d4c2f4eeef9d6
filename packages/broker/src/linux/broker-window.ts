import { sshSession } from "@entrada/core/parts";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";

/** Why the broker's window would be seen by nobody; `undefined` where a person sits before a screen. */
export function whyNoWindow(
  env: Readonly<Record<string, string | undefined>>,
): BrokerUnavailableReason | undefined {
  if (!env["DISPLAY"] && !env["WAYLAND_DISPLAY"]) return "no_display";
  // The broker shows its window on the screen of its own session, wherever ours leads.
  return sshSession(env) === "no" ? undefined : "ssh";
}
