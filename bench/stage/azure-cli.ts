import { spawnSync } from "node:child_process";
import { untilOutput } from "../measure/until-output.ts";
import type { TerminalUser } from "./terminal-user.ts";

/** The real Azure CLI of this machine, signed in as a managed identity. */
export interface AzureCli {
  readonly version: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Signs the Azure CLI in, where there is one. Its identity is served by the agent of `entrada run` on this machine: the
 * token is answered from memory, and it needs no network.
 */
export async function openAzureCli(user: TerminalUser): Promise<AzureCli | undefined> {
  const { status, stdout } = spawnSync("az", ["version", "--query", '"azure-cli"', "--output", "tsv"]);
  if (status !== 0) return undefined;
  const home = user.environment["HOME"] ?? "";
  const environment = {
    ...(await user.agent()),
    APPSETTING_WEBSITE_SITE_NAME: "entrada",
    REQUESTS_CA_BUNDLE: user.environment["NODE_EXTRA_CA_CERTS"] ?? "",
    AZURE_CONFIG_DIR: `${home}/azure`,
    AZURE_CORE_COLLECT_TELEMETRY: "0",
  };
  const here = user.environment["AZURE_AUTHORITY_HOST"] ?? "";
  const endpoints = ["resource-manager", "management", "active-directory"].flatMap((name) => [
    `--endpoint-${name}`,
    here,
  ]);
  const resources = ["active-directory-resource-id", "active-directory-graph-resource-id"].flatMap((name) => [
    `--endpoint-${name}`,
    "https://management.azure.com/",
  ]);
  await untilOutput(["az", "cloud", "register", "--name", "Here", ...endpoints, ...resources], environment);
  await untilOutput(["az", "cloud", "set", "--name", "Here"], environment);
  await untilOutput(["az", "login", "--identity"], environment);
  return { version: stdout.toString().trim(), environment };
}
