import { join } from "node:path";
import type { Checks } from "../checks.ts";
import type { ConsumerChecks } from "./consumer-checks.ts";
import { ConsumerProject } from "./consumer-project.ts";

/** Clients that people sign in for, in the versions that were new when they were last looked at. */
const CLIENTS = [
  "@ai-sdk/azure@4.0.85",
  "@azure/ai-projects@2.10.0",
  "@azure/app-configuration@1.13.0",
  "@azure/arm-resources@8.0.0",
  "@azure/arm-resources-subscriptions@3.0.0",
  "@azure/communication-email@1.1.0",
  "@azure/core-auth@1.11.0",
  "@azure/cosmos@4.10.1",
  "@azure/data-tables@13.3.2",
  "@azure/event-hubs@6.0.4",
  "@azure/keyvault-secrets@4.12.0",
  "@azure/monitor-ingestion@1.2.0",
  "@azure/monitor-query@1.3.3",
  "@azure/search-documents@13.0.0",
  "@azure/service-bus@7.9.5",
  "@azure/storage-blob@12.34.0",
  "@azure/storage-queue@12.32.0",
  "@langchain/openai@1.6.0",
  "@microsoft/kiota-authentication-azure@1.0.0-preview.109",
  "@microsoft/microsoft-graph-client@3.0.7",
  "@modelcontextprotocol/sdk@1.32.2",
  "@opentelemetry/api@1.10.0",
  "@types/mssql@12.3.0",
  "@types/node@24",
  "@types/pg@8.23.1",
  "ai@7.0.173",
  "azure-devops-node-api@17.0.1",
  "mssql@12.7.14",
  "openai@7.59.0",
  "pg@8.23.1",
  "tedious@20.3.9",
];
const OURS: readonly string[] = ["@entrada/core", "@entrada/mcp"];
const PROGRAM = "real-clients.mts";

/** Whether the clients of other makers take our credentials, as their declarations have it. Nothing is called. */
export async function checkRealClients(
  checks: Checks,
  { folder, npmrc, packages }: ConsumerChecks,
): Promise<void> {
  const project = new ConsumerProject(join(folder, "real-clients"), "npm", npmrc);
  const ours = packages.filter(({ name }) => OURS.includes(name)).map(({ tarball }) => tarball);
  await checks.check("real clients: install", () => project.install(ours, CLIENTS));
  project.copy(PROGRAM);
  for (const compiler of ["typescript-7", "typescript-5"]) {
    for (const resolution of ["nodenext", "bundler"] as const) {
      await checks.check(`real clients: types, ${compiler}, ${resolution}`, () =>
        // Their own declarations are not on trial.
        project.typeCheck(compiler, [PROGRAM], resolution, { skipLibCheck: true }),
      );
    }
  }
}
