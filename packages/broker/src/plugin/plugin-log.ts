import { printable } from "@entrada/core/credential";
import type { LoggerOptions } from "./native-broker-plugin.ts";

/** msal-node's `LogLevel`. */
const LEVELS = { warning: 1, info: 2, verbose: 3 } as const;

/** Writes to msal-node's logger. No line holds a token, a claim or a user name. */
export class PluginLog {
  #options: LoggerOptions = {};

  use(options: LoggerOptions): void {
    this.#options = options;
  }

  write(level: keyof typeof LEVELS, message: string, correlationId: string): void {
    const { loggerCallback, logLevel = LEVELS.info } = this.#options;
    if (LEVELS[level] > logLevel) return;
    const line = `[${new Date().toUTCString()}] : [${correlationId}] : @entrada/broker : ${printable(message)}`;
    try {
      loggerCallback?.(LEVELS[level], line, false);
    } catch {
      // A sign-in must not fail because somebody's log did.
    }
  }
}
