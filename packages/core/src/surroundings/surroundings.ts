import type * as FileSystem from "node:fs";

/** What becomes of what is written to standard error. */
export type Outlet =
  /** A terminal shows it. */
  | "terminal"
  /** Another process gets it: an editor's console, a container's log, `tee`. It may be shown to a person. */
  | "pipe"
  /** It is kept in a file. */
  | "file"
  /** The journal of a service gets it. */
  | "journal"
  /** It is closed, or the null device. */
  | "nothing";

/** What stands behind standard input. */
export type Inlet =
  /** A terminal whose keys this process gets. */
  | "terminal"
  /** A terminal at which another process is in front. */
  | "background"
  /** A file, a pipe, or nothing. */
  | "other";

/** Why there is no desktop that a person sees, as whoever asked Windows knows it. */
export type NoDesktop = "session_zero" | "service_account" | "no_desktop" | "server_core";

/** What decides how a person can sign in here, so that tests can describe another machine. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether there is a program at this path that we may run. */
  readonly isProgram: (path: string) => boolean;
  /** A small text file of the system, or `undefined` when there is none to read. */
  readonly readText: (path: string) => string | undefined;
  /** What becomes of what is written to standard error. @defaultValue a terminal, where another machine is described */
  readonly stderr?: (() => Outlet) | undefined;
  /** What stands behind standard input. @defaultValue no terminal, where another machine is described */
  readonly stdin?: (() => Inlet) | undefined;
  /** Set where Windows has been asked and shows this process no desktop. */
  readonly noDesktop?: NoDesktop | undefined;
  /** Whether this process has the rights of an administrator, as far as somebody has asked Windows. */
  readonly elevated?: boolean | undefined;
  /** Where the editor of a codespace, or of what is like one, runs, as far as somebody knows. */
  readonly codespaceIn?: "browser" | "desktop" | undefined;
  /** The keyring that keeps tokens, as far as somebody has asked it. */
  readonly keyring?: "ready" | "locked" | "missing" | undefined;
}

// Asked for where it is used: an import makes Node load all that node:fs offers, its streams and promises included,
// which takes longer than loading this package.
const fileSystem = (): typeof FileSystem => process.getBuiltinModule("node:fs");

/** The machine that this process runs on. Nothing of it is looked at before it is asked for. */
export const thisMachine: Surroundings = {
  platform: process.platform,
  env: process.env,
  isProgram(path) {
    const { accessSync, constants, statSync } = fileSystem();
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false; // missing or forbidden: the answer to the question
    }
  },
  readText(path) {
    try {
      return fileSystem().readFileSync(path, "utf8");
    } catch {
      return undefined; // missing or forbidden: the answer to the question
    }
  },
  stderr: () => outletOf(2, process.env),
  stdin: () => inletOf(0, thisMachine.readText),
};

/** What a file descriptor of this process comes from. */
function inletOf(descriptor: number, readText: Surroundings["readText"]): Inlet {
  if (!process.getBuiltinModule("node:tty").isatty(descriptor)) return "other";
  // proc(5): behind the name in brackets come state, parent, group, session, terminal, the terminal's group in front.
  // Whoever reads a terminal from its background is stopped by the kernel.
  const [, , group, , terminal, inFront] =
    /\) (.*)$/s
      .exec(readText("/proc/self/stat") ?? "")?.[1]
      ?.split(" ")
      .map(Number) ?? [];
  const isBehind = group !== undefined && terminal !== 0 && inFront !== group;
  return isBehind ? "background" : "terminal";
}

/** What a file descriptor of this process leads to. */
function outletOf(descriptor: number, env: Surroundings["env"]): Outlet {
  const { fstatSync, statSync } = fileSystem();
  try {
    if (process.getBuiltinModule("node:tty").isatty(descriptor)) return "terminal";
    const found = fstatSync(descriptor);
    if (found.isCharacterDevice()) {
      // Windows tells no devices apart; what is no console there is NUL.
      const isNull = process.platform === "win32" || found.rdev === statSync("/dev/null").rdev;
      return isNull ? "nothing" : "file";
    }
    // systemd says by this variable which of a service's streams leads into its journal.
    if (env["JOURNAL_STREAM"] === `${found.dev}:${found.ino}`) return "journal";
    return found.isFile() ? "file" : "pipe";
  } catch {
    return "nothing"; // closed
  }
}
