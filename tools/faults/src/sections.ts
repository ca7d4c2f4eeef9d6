import type { FaultRow } from "./fault-row.ts";
import { AUTHORITY } from "./rows/authority.ts";
import { BROWSER } from "./rows/browser.ts";
import { CACHE } from "./rows/cache.ts";
import { DEVICE_CODE } from "./rows/device-code.ts";
import { EMULATOR_AND_CLI } from "./rows/emulator-and-cli.ts";
import { LIFETIME } from "./rows/lifetime.ts";
import { LISTENER } from "./rows/listener.ts";
import { LOGS } from "./rows/logs.ts";
import { MCP } from "./rows/mcp.ts";
import { TOKENS } from "./rows/tokens.ts";
import { WINDOWS_BROKER } from "./rows/windows-broker.ts";

/** The faults and attacks of one part of Entrada. */
export interface Section {
  readonly title: string;
  readonly rows: readonly FaultRow[];
}

/** All rows, in the order of the page. */
export const SECTIONS: readonly Section[] = [
  { title: "The listener", rows: LISTENER },
  { title: "Opening the browser", rows: BROWSER },
  { title: "The authority, and the way to it", rows: AUTHORITY },
  { title: "What is in a token answer", rows: TOKENS },
  { title: "The device code", rows: DEVICE_CODE },
  { title: "The persisted cache", rows: CACHE },
  { title: "Calls at once, lifetime, silent renewal", rows: LIFETIME },
  { title: "Logs and errors", rows: LOGS },
  { title: "The Windows broker", rows: WINDOWS_BROKER },
  { title: "The emulator and the command", rows: EMULATOR_AND_CLI },
  { title: "MCP servers", rows: MCP },
];

/** All rows of all sections. */
export const ALL_ROWS: readonly FaultRow[] = SECTIONS.flatMap(({ rows }) => rows);
