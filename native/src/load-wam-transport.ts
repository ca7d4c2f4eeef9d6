import { addonTransport } from "./addon-transport.ts";
import {
  binaryPackage,
  isMissing,
  loadBinary,
  WAM_ARCHITECTURES,
  type WamArchitecture,
} from "./load-binary.ts";
import { ADDON_INTERFACE, type WamAddon } from "./wam-addon.ts";
import type { WamTransport } from "./wam-transport.ts";

/** Why there is no transport in this process. */
export type WamLoadFailure =
  /** Not Windows: nothing was attempted. */
  | "platform"
  /** Windows on a processor that no binary is for. */
  | "architecture"
  /** The package of this processor's binary is not installed: without optional packages, or for another system. */
  | "binary_missing"
  /** The binary is that of another release, which this code cannot speak to. */
  | "binary_of_another_release"
  /** The binary is there and Windows or Node.js refused it. */
  | "binary_unloadable";

export type WamLoadResult =
  | { readonly available: true; readonly transport: WamTransport }
  | {
      readonly available: false;
      readonly reason: WamLoadFailure;
      /** What was found, what is needed, what to do. */
      readonly message: string;
      /** What the loader of Node.js said. */
      readonly cause?: unknown;
    };

/** @internal What this process is, and how it loads a binary: for tests, and for who knows where one lies. */
export interface WamLoadOptions {
  platform?: string;
  architecture?: string;
  load?: (architecture: WamArchitecture) => WamAddon;
}

/**
 * Loads the native module on first use. Never throws: a process without WAM gets a reason instead, and off Windows
 * nothing is attempted. Node.js keeps the module, so a second call is cheap.
 */
export function loadWamTransport({
  platform = process.platform,
  architecture = process.arch,
  load = loadBinary,
}: WamLoadOptions = {}): WamLoadResult {
  if (platform !== "win32") {
    return failure(
      "platform",
      `The Windows Web Account Manager needs Windows; this is ${platform}. Sign in with the browser.`,
    );
  }
  if (!isSupported(architecture)) {
    return failure(
      "architecture",
      `There are native modules for Windows on ${WAM_ARCHITECTURES.join(", ")}; this Node.js is ${architecture}. ` +
        "Run one of these, or sign in with the browser.",
    );
  }
  try {
    const addon = load(architecture);
    if (addon.interface === ADDON_INTERFACE) return { available: true, transport: addonTransport(addon) };
    return failure(
      "binary_of_another_release",
      `The native module ${binaryPackage(architecture)} is of another release than this code. ${INSTALL}`,
    );
  } catch (error) {
    return loadFailure(architecture, error);
  }
}

function isSupported(architecture: string): architecture is WamArchitecture {
  return WAM_ARCHITECTURES.some((each) => each === architecture);
}

const INSTALL =
  "On the machine that runs the program: npm install --include=optional; in a bundle, copy its wam.node beside it.";

function loadFailure(architecture: WamArchitecture, cause: unknown): WamLoadResult {
  const name = `The native module ${binaryPackage(architecture)}`;
  if (isMissing(cause)) return failure("binary_missing", `${name} is not installed. ${INSTALL}`, cause);
  return failure(
    "binary_unloadable",
    `${name} could not be loaded: ${causeText(cause)}. It needs Node.js 20.19 or newer, or an ` +
      "Electron with Node-API 8, built for the same processor. Install the package again, and look whether a policy " +
      "or a virus scanner blocks the file.",
    cause,
  );
}

function failure(reason: WamLoadFailure, message: string, cause?: unknown): WamLoadResult {
  return { available: false, reason, message, cause };
}

function causeText(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  // Windows's own words come with a line end, and the message is one line.
  return text.trim().replace(/\s+/g, " ").replace(/\.$/, "");
}
