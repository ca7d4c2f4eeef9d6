/**
 * What lies beside each other: folders of `src` by their names, and files at its top with their extension. Between them
 * an import may go either way, but in no circle.
 */
export type Floor = readonly string[];

/**
 * The floors of each package from the bottom up: an import goes down a floor or stays, never up. Every folder of `src` is
 * named here once. Two kinds of files at the top of `src` need not be named:
 * - entry points, as package.json has them in `exports`, `bin` and `imports`, lie above all floors;
 * - all others lie below all floors: every room may use them, and they import nothing but each other.
 */
export const FLOORS: Readonly<Record<string, readonly Floor[]>> = {
  "packages/core": [
    // A record that a caller hands in is checked, and refused like an option.
    [
      "errors",
      "surroundings",
      "authentication-record.ts",
      "serialize-authentication-record.ts",
      "interactive-credential.ts",
      "dbus",
    ],
    ["events", "http"],
    ["flow", "cache", "refusals", "pages", "terminal"],
    ["authority", "loopback", "paste"],
    ["options", "testing", "tracing"],
    ["engine", "tokens"],
    ["msal"],
    ["credential"],
    ["browser"],
  ],
  "packages/cache": [
    ["disk", "lock"],
    ["sealed"],
    ["keys"],
    ["file", "redis"],
    ["msal", "persistent-token-cache.ts"],
  ],
  "packages/broker": [
    ["contract", "dialog"],
    ["availability"],
    ["refusals"],
    ["wam", "msal-runtime", "linux", "wsl"],
    ["open-broker-client.ts"],
    ["flow", "plugin"],
    ["self-test"],
  ],
  "packages/device-code": [],
  "packages/auto": [],
  "packages/cli": [
    [
      "usage-error.ts",
      "terminal.ts",
      "write-result.ts",
      "exit-codes.ts",
      "session-options.ts",
      "configuration-folder.ts",
      "token-output.ts",
      "write-shim.ts",
      "read-input.ts",
      "repeatable-option.ts",
      "answers",
      "agent",
      "registration",
      "doctor",
      "completion",
      "app-setup",
      "sign-in.ts",
      "explain",
      "login-words.ts",
      "claims-of-option.ts",
      "tell-error.ts",
      "qr-code.ts",
      "print-token.ts",
      "quick",
      "profiles.ts",
      "session.ts",
    ],
    ["commands"],
    ["program.ts", "run-command-line.ts", "run-process.ts"],
  ],
  "packages/mcp": [["client", "stdio"], ["server"]],
  "packages/codemod": [],
  "packages/emulator": [
    ["http"],
    ["refusals"],
    ["directory"],
    ["options", "tokens"],
    ["sign-in", "person"],
    ["pages"],
    ["endpoints"],
    ["emulator.ts", "temporary-file.ts", "command-line.ts"],
  ],
  "packages/guarantees": [],
  native: [],
};
