import { isSet, sshSession } from "@entrada/core/parts";
import type { WamLoadFailure, WamProbe, WamTransport } from "@entrada/wam";
import { thisMachine, type BrokerSurroundings } from "./broker-surroundings.ts";
import { checkedProbe } from "../contract/checked-probe.ts";
import type { BrokerUnavailableReason } from "./broker-unavailable-reason.ts";
import { sessionBusFault } from "./session-bus-fault.ts";
import { offeredBroker } from "./offered-broker.ts";
import { windowsOutside, type WindowsOutside } from "./windows-outside.ts";
import { isExplained, type UnavailableBroker } from "./unavailable-broker.ts";

/** A transport that may know, before anything is asked of it, why it cannot work. */
export interface BrokerTransport extends WamTransport {
  readonly unavailable?: UnavailableBroker | undefined;
}

/** The broker of this machine, or why there is none. */
export type BrokerSearch = FoundBroker | ({ readonly found: false } & UnavailableBroker);

export type FoundBroker =
  | {
      readonly found: true;
      readonly kind: "wam";
      readonly transport: WamTransport;
      readonly probe: WamProbe;
    }
  /** The way to the broker of Linux is there. Whether somebody stands at its end shows at the first question. */
  | { readonly found: true; readonly kind: "linux"; readonly env: BrokerSurroundings["env"] }
  /** A Node.js of the Windows around this Linux is there. Whether it reaches the broker shows when it is started. */
  | { readonly found: true; readonly kind: "wsl"; readonly node: string };

/**
 * Looks for the broker: cheap signs first, then the native module, then Windows. Shows nothing and asks no account.
 * A transport of the caller's own is only asked for its probe.
 */
export function findBroker(
  transport?: BrokerTransport,
  surroundings: BrokerSurroundings = thisMachine,
  windowsNodePath?: string,
): BrokerSearch {
  const { env, load, platform } = surroundings;
  if (isSet(env, "ENTRADA_DISABLE_BROKER")) return { found: false, detail: "disabled" };
  if (transport) return probedBroker(transport);

  if (platform === "linux") return linuxBroker(surroundings, windowsNodePath);
  if (platform !== "win32") return { found: false, detail: platform === "darwin" ? "macos" : "platform" };
  if (sshSession(env) !== "no") return { found: false, detail: "ssh" };
  const loaded = load();
  if (loaded.available) return probedBroker(loaded.transport);
  return {
    found: false,
    detail: REASONS_OF_LOADER[loaded.reason],
    hint: loaded.message,
    cause: loaded.cause,
  };
}

/**
 * The same, for those who cannot wait for a first question to the broker: of Linux's, whether somebody offers it is
 * found out at once, too.
 */
export function findOfferedBroker(
  transport?: BrokerTransport,
  surroundings: BrokerSurroundings = thisMachine,
  windowsNodePath?: string,
): BrokerSearch {
  const search = findBroker(transport, surroundings, windowsNodePath);
  if (!search.found || search.kind !== "linux") return search;
  const offer = offeredBroker(search.env);
  if (offer === "no_bus") return { found: false, detail: "no_session_bus" };
  if (offer !== "missing") return search;
  return { found: false, detail: missingHere(surroundings, windowsNodePath) };
}

/** Why there is no broker on a Linux where nobody offers one: in WSL it is the one of Windows that is missed. */
export function missingHere(
  surroundings: BrokerSurroundings,
  windowsNodePath?: string,
): BrokerUnavailableReason {
  return withoutWindows(windowsOutside(surroundings, windowsNodePath), "broker_missing");
}

/** Why the broker of Windows is none; `otherwise` where there is no Windows around. */
function withoutWindows(
  outside: WindowsOutside | undefined,
  otherwise: BrokerUnavailableReason,
): BrokerUnavailableReason {
  if (outside === undefined) return otherwise;
  return "detail" in outside ? outside.detail : "ssh";
}

const REASONS_OF_LOADER: Readonly<Record<WamLoadFailure, BrokerUnavailableReason>> = {
  platform: "platform",
  architecture: "addon_architecture",
  binary_missing: "addon_missing",
  binary_of_another_release: "addon_unloadable",
  binary_unloadable: "addon_unloadable",
};

// A session over SSH is no reason here: what shows nothing works in it.
function linuxBroker(surroundings: BrokerSurroundings, windowsNodePath: string | undefined): BrokerSearch {
  const { env } = surroundings;
  const outside = windowsOutside(surroundings, windowsNodePath);
  const isRemote = sshSession(env) !== "no";
  if (outside && "node" in outside && !isRemote) return { found: true, kind: "wsl", node: outside.node };
  const fault = sessionBusFault(surroundings);
  if (fault === undefined) return { found: true, kind: "linux", env };
  return { found: false, detail: withoutWindows(outside, fault) };
}

/** The broker behind a transport, or why there is none. */
export function probedBroker(
  transport: BrokerTransport,
): Extract<FoundBroker, { readonly kind: "wam" }> | ({ readonly found: false } & UnavailableBroker) {
  if (transport.unavailable) return { found: false, ...transport.unavailable };
  let probe: WamProbe;
  try {
    probe = checkedProbe(transport.probe());
  } catch (cause) {
    return { found: false, detail: "addon_unloadable", cause };
  }
  if (!probe.available) {
    // Another version of the transport may know reasons that this one has no words for.
    const { reason } = probe;
    return { found: false, detail: reason !== undefined && isExplained(reason) ? reason : "wam_missing" };
  }
  if (probe.serverCore) return { found: false, detail: "server_core" };
  return { found: true, kind: "wam", transport, probe };
}
