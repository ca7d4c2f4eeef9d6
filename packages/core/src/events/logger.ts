import { printable } from "../errors/printable.ts";
import { writeToPerson } from "../write-to-person.ts";
import type { AuthenticationEvent } from "./events.ts";

/** The levels of the Azure libraries, from quiet to talkative; AZURE_LOG_LEVEL names one. */
const LEVELS = ["error", "warning", "info", "verbose"] as const;
type Level = (typeof LEVELS)[number];

export interface Logger {
  /** Whether AZURE_LOG_LEVEL asks for everything. */
  readonly verbose: boolean;
  warning(message: string): void;
  /** Writes the names and figures of an event, never its URLs, codes or user names. */
  event(event: AuthenticationEvent): void;
}

const LONGEST_LINE = 2000;
const LONGEST_LEVEL = 40;

/**
 * Writes to standard error as the Azure libraries do: `entrada:<name>:<level> <message>`, from the level in the
 * environment variable AZURE_LOG_LEVEL on, which is read here, once: Node asks the system at each look. Without the
 * variable nothing is written; of one that names no level that is told.
 */
export function createLogger(
  name: string,
  write: (line: string) => void = (line) => void writeToPerson(line),
  environment: { readonly AZURE_LOG_LEVEL?: string | undefined } = process.env,
): Logger {
  // console.warn would do, but some tools redirect the console to standard output, which belongs to the application.
  const wanted = environment.AZURE_LOG_LEVEL ?? "";
  const loudest = LEVELS.indexOf(wanted.toLowerCase() as Level);
  if (wanted !== "" && loudest < 0) {
    const shown = JSON.stringify(printable(wanted.slice(0, LONGEST_LEVEL)));
    write(
      `entrada:${name}:warning AZURE_LOG_LEVEL is set to ${shown}: write ${LEVELS.join(", ")}, or unset it\n`,
    );
  }
  const enabled = (level: Level): boolean => LEVELS.indexOf(level) <= loudest;
  const log = (level: Level, message: string): void => {
    if (enabled(level)) write(`entrada:${name}:${level} ${printable(message).slice(0, LONGEST_LINE)}\n`);
  };
  return {
    verbose: enabled("verbose"),
    warning: (message) => log("warning", message),
    event: (event) => {
      if (enabled(levelOf(event))) log(levelOf(event), describe(event));
    },
  };
}

function levelOf(event: AuthenticationEvent): Level {
  if (event.type === "failed") return "error";
  if (event.type === "warning" || event.type === "refresh_failed" || event.type === "browser_unavailable") {
    return "warning";
  }
  return event.type === "silent_hit" ? "verbose" : "info";
}

function describe(event: AuthenticationEvent): string {
  const parts: string[] = [event.flow, event.type];
  if ("scopes" in event) parts.push(event.scopes.join(" "));
  if ("seconds" in event) parts.push(`${event.seconds} s`);
  if ("reason" in event) parts.push(`to ${event.to}: ${event.reason}`);
  if (event.type === "warning") parts.push(event.code, event.message);
  if ("error" in event && event.error) parts.push(event.error.message);
  return parts.join(" ");
}
