import { Command } from "commander";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { azForm, type AzFormOptions } from "./az-form.ts";

interface AzOptions extends AzFormOptions {
  readonly resource?: string;
  readonly scope?: readonly string[];
  readonly tenant?: string;
  readonly claimsChallenge?: string;
  readonly resourceType?: string;
}

/** Azure CLI, "az account get-access-token", --resource-type: "Type of well-known resource". */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  "aad-graph": "https://graph.windows.net",
  arm: "https://management.azure.com",
  batch: "https://batch.core.windows.net",
  "data-lake": "https://datalake.azure.net",
  media: "https://rest.media.azure.net",
  "ms-graph": "https://graph.microsoft.com",
  "oss-rdbms": "https://ossrdbms-aad.database.windows.net",
};

const STAND_IN =
  "This az stands in for the Azure CLI, and answers az account get-access-token alone: entrada token --az-shim.";

/** What programs ask the Azure CLI for, in its words. */
export function azCommand(terminal: Terminal): Command {
  const token = new Command("get-access-token")
    .allowUnknownOption()
    .allowExcessArguments()
    .option("--resource <resource>")
    .option("--scope <scope...>")
    .option("-t, --tenant <tenant>")
    .option("--claims-challenge <text>")
    .option("--resource-type <type>")
    .option("-o, --output <form>")
    .option("--query <path>")
    .action(async ({ output, query, resourceType, ...options }: AzOptions) => {
      const form = azForm({ ...(output && { output }), ...(query && { query }) });
      const { printToken } = await import("../print-token.ts");
      return printToken({ ...ofType(resourceType), ...options, output: "az" }, terminal, form);
    });
  const account = new Command("account").showHelpAfterError(STAND_IN).addCommand(token);
  return new Command("az").showHelpAfterError(STAND_IN).addCommand(account);
}

function ofType(type: string | undefined): { readonly resource?: string } {
  if (type === undefined) return {};
  if (!Object.hasOwn(RESOURCE_TYPES, type))
    throw new UsageError(`--resource-type takes ${Object.keys(RESOURCE_TYPES).join(", ")}.`);
  return { resource: RESOURCE_TYPES[type] ?? "" };
}
