import { addonTransport } from "./addon-transport.ts";
import type { WamAddon } from "./wam-addon.ts";
import type { WamTransport } from "./wam-transport.ts";

/** Why there is no transport in this process. */
export type WamLoadFailure =
  /** Not Windows: nothing was attempted. */
  | "platform"
  /** Windows on a processor that has no binary in this package. */
  | "architecture"
  /** The binary is not where the package puts it: a bundler or a partial copy left it out. */
  | "binary_missing"
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

/** @internal For tests: what this process is, and how it loads a binary. */
export interface WamLoadOptions {
  platform?: string;
  architecture?: string;
  load?: (architecture: WamArchitecture) => WamAddon;
}

/** The processors that this package has a binary for, in Node's words. */
export type WamArchitecture = "x64" | "arm64" | "ia32";

/**
 * Loads the native module on first use. Never throws: a process without WAM gets a reason instead, and off Windows
 * nothing is attempted. Node.js keeps the module, so a second call is cheap.
 */
export function loadWamTransport({
  platform = process.platform,
  architecture = process.arch,
  load = loadPrebuilt,
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
      `@entrada/wam has binaries for Windows on x64, arm64 and ia32; this Node.js is ${architecture}. ` +
        "Run a Node.js built for one of these, or sign in with the browser.",
    );
  }
  try {
    return { available: true, transport: addonTransport(load(architecture)) };
  } catch (error) {
    return loadFailure(architecture, error);
  }
}

// The paths are literals so that a bundler can find the binaries and move them with the code.
function loadPrebuilt(architecture: WamArchitecture): WamAddon {
  const require = requireHere();
  const beside: Readonly<Record<WamArchitecture, () => WamAddon>> = {
    x64: () => require("../prebuilds/win32-x64/wam.node") as WamAddon,
    arm64: () => require("../prebuilds/win32-arm64/wam.node") as WamAddon,
    ia32: () => require("../prebuilds/win32-ia32/wam.node") as WamAddon,
  };
  try {
    return beside[architecture]();
  } catch (error) {
    if (!isMissing(error)) throw error;
    // @entrada/broker has this code in a file of its own: the binary lies in the package.
    return require(`${packageFolder()}/prebuilds/win32-${architecture}/wam.node`) as WamAddon;
  }
}

/** @throws Error of the code MODULE_NOT_FOUND where this package is not installed: a bundle has its code alone */
function packageFolder(): string {
  const { dirname } = process.getBuiltinModule("node:path");
  return dirname(requireHere().resolve("@entrada/wam/package.json"));
}

// Asked for here: as imports, Node's modules for files and modules would be part of every start.
function requireHere(): NodeJS.Require {
  return process.getBuiltinModule("node:module").createRequire(import.meta.url);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === "MODULE_NOT_FOUND";
}

function isSupported(architecture: string): architecture is WamArchitecture {
  return architecture === "x64" || architecture === "arm64" || architecture === "ia32";
}

function loadFailure(architecture: WamArchitecture, cause: unknown): WamLoadResult {
  const binary = `prebuilds/win32-${architecture}/wam.node`;
  if (isMissing(cause)) {
    return failure(
      "binary_missing",
      `@entrada/wam needs ${binary} and found ${presentBinaries()}. Install the package again, or, in a bundle, ` +
        "keep @entrada/wam external or copy its prebuilds folder next to the folder of the code.",
      cause,
    );
  }
  return failure(
    "binary_unloadable",
    `${binary} of @entrada/wam could not be loaded: ${causeText(cause)}. It needs Node.js 20.19 or newer, or an ` +
      "Electron with Node-API 8, built for the same processor. Install the package again, and look whether a policy " +
      "or a virus scanner blocks the file.",
    cause,
  );
}

function presentBinaries(): string {
  const { readdirSync } = process.getBuiltinModule("node:fs");
  const { dirname, join } = process.getBuiltinModule("node:path");
  const { fileURLToPath } = process.getBuiltinModule("node:url");
  const places = [
    // No `new URL(...)`: bundlers would take the folder for a file to copy.
    () => dirname(dirname(fileURLToPath(import.meta.url))),
    packageFolder,
  ];
  for (const place of places) {
    try {
      return readdirSync(join(place(), "prebuilds")).sort().join(", ") || "an empty folder";
    } catch {
      // Not there; how it cannot be read changes nothing.
    }
  }
  return "no folder of that name";
}

function failure(reason: WamLoadFailure, message: string, cause?: unknown): WamLoadResult {
  return { available: false, reason, message, ...(cause === undefined ? {} : { cause }) };
}

function causeText(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  // Windows's own words come with a line end, and the message is one line.
  return text.trim().replace(/\s+/g, " ").replace(/\.$/, "");
}
