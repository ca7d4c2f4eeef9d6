import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A desktop session's bus with an unlocked keyring on it. */
export interface Keyring extends AsyncDisposable {
  /** For `DBUS_SESSION_BUS_ADDRESS`. */
  readonly bus: string;
}

// The session lasts as long as our end of `cat` is open.
const SESSION =
  'printf "password\\n" | gnome-keyring-daemon --unlock --components=secrets >&2; echo "$DBUS_SESSION_BUS_ADDRESS"; cat';

/** Starts a real keyring that keeps its files in `home`; `undefined` where none is installed. */
export async function startKeyring(home: string): Promise<Keyring | undefined> {
  if (!isInstalled("gnome-keyring-daemon") || !isInstalled("dbus-run-session")) return undefined;
  const session = spawn("dbus-run-session", ["--", "sh", "-c", SESSION], {
    env: { PATH: process.env["PATH"], HOME: home, XDG_RUNTIME_DIR: home },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const closed = once(session, "close");
  const [bus] = (await Promise.race([
    once(createInterface(session.stdout), "line"),
    closed.then(([code]) => Promise.reject(new Error(`dbus-run-session ended with ${code} before it began`))),
  ])) as [string];
  return {
    bus,
    async [Symbol.asyncDispose]() {
      session.stdin.end();
      await closed;
    },
  };
}

function isInstalled(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    // That is how `command -v` says no.
    return false;
  }
}
