import { loadWamTransport, type WamLoadResult } from "@entrada/wam";

/** What the search for a broker depends on, so that tests can describe another machine. */
export interface BrokerSurroundings {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The kernel's release, which names Microsoft under the Windows Subsystem for Linux. */
  readonly release: string;
  /** Whether a file is there. @defaultValue on this machine */
  readonly exists?: (path: string) => boolean;
  /** The user to whom a file belongs; undefined where there is none. @defaultValue on this machine */
  readonly ownerOf?: (path: string) => number | undefined;
  /** A small text file of the system. @defaultValue of this machine */
  readonly readText?: (path: string) => string | undefined;
  /** The native modules for Windows that this installation has on Linux. @defaultValue of this machine */
  readonly addonsHere?: () => readonly string[];
  /** Loads the native module; never throws. */
  readonly load: () => WamLoadResult;
}

export const thisMachine: BrokerSurroundings = {
  platform: process.platform,
  env: process.env,
  get release() {
    // Asked for here: an import of node:os would be part of every start.
    return process.getBuiltinModule("node:os").release();
  },
  load: () => loadWamTransport(),
};
