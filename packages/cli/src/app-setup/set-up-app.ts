import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { applySettings, type ApplyOptions } from "./apply-settings.ts";
import { neededSettings, SETUP_PARTS, type SetupPart } from "./needed-settings.ts";
import { azCommand, setupPage } from "./setup-page.ts";

export interface SetupOptions extends ApplyOptions {
  readonly for?: readonly string[];
  readonly apply?: boolean;
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Says what the registration of a client id needs, or sets it. */
export async function setUpApp(given: string, options: SetupOptions, terminal: Terminal): Promise<void> {
  if (!GUID.test(given))
    throw new UsageError("Give the registration's Application (client) ID, a GUID of its Overview pane.");
  const clientId = given.toLowerCase();
  const needed = neededSettings(clientId, partsOf(options.for));
  if (options.apply === true) return applySettings(clientId, needed, options, terminal);
  const data = { clientId, ...needed, az: azCommand(clientId, needed) };
  return terminal.out(
    options.json === true ? `${JSON.stringify(data, undefined, 2)}\n` : setupPage(clientId, needed),
  );
}

function partsOf(given: readonly string[] | undefined): readonly SetupPart[] {
  if (given === undefined) return SETUP_PARTS;
  const parts = SETUP_PARTS.filter((part) => given.includes(part));
  if (parts.length < new Set(given).size)
    throw new UsageError(`--for takes ${SETUP_PARTS.join(", ")}, once for each.`);
  return parts;
}
