// What programs write that sign people in for a client of somebody else. Only its types are checked: nothing is run.
import { AIProjectClient } from "@azure/ai-projects";
import { AppConfigurationClient } from "@azure/app-configuration";
import { ResourceManagementClient } from "@azure/arm-resources";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { EmailClient } from "@azure/communication-email";
import { CosmosClient } from "@azure/cosmos";
import { TableClient } from "@azure/data-tables";
import { EventHubProducerClient } from "@azure/event-hubs";
import { SecretClient } from "@azure/keyvault-secrets";
import { LogsIngestionClient } from "@azure/monitor-ingestion";
import { LogsQueryClient } from "@azure/monitor-query";
import { SearchClient } from "@azure/search-documents";
import { ServiceBusClient } from "@azure/service-bus";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import type { TokenCredential } from "@azure/core-auth";
import { createAzure } from "@ai-sdk/azure";
import { getBearerTokenProvider, InteractiveBrowserCredential } from "@entrada/core";
import { tracedCredential } from "@entrada/core/tracing";
import { withEntra } from "@entrada/mcp";
import { AzureChatOpenAI } from "@langchain/openai";
import { AzureIdentityAuthenticationProvider } from "@microsoft/kiota-authentication-azure";
import { Client } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import * as opentelemetry from "@opentelemetry/api";
import { generateText } from "ai";
import { getBearerHandler, WebApi } from "azure-devops-node-api";
import mssql from "mssql";
import { AzureOpenAI } from "openai";
import pg from "pg";
import { Connection } from "tedious";

const credential = new InteractiveBrowserCredential();
const url = "https://example.azure.net";
const scope = "https://cognitiveservices.azure.com/.default";

export const storage = [
  new BlobServiceClient(url, credential),
  new QueueServiceClient(url, credential),
  new TableClient(url, "table", credential),
  new CosmosClient({ endpoint: url, aadCredentials: credential }),
];

export const messages = [
  new EventHubProducerClient("example.servicebus.windows.net", "hub", credential),
  new ServiceBusClient("example.servicebus.windows.net", credential),
  new EmailClient(url, credential),
];

export const management = [
  new ResourceManagementClient(credential, "00000000-0000-0000-0000-000000000000"),
  new SubscriptionClient(credential),
  new SecretClient(url, credential),
  new AppConfigurationClient(url, credential),
  new SearchClient<{ id: string }>(url, "index", credential),
  new LogsQueryClient(credential),
  new LogsIngestionClient(url, credential),
  new AIProjectClient(url, credential),
];

// Those that take a function.
const azureADTokenProvider = getBearerTokenProvider(credential, scope);
export const models = [
  new AzureOpenAI({ azureADTokenProvider, endpoint: url, apiVersion: "2024-10-21" }),
  new AzureChatOpenAI({ azureADTokenProvider, azureOpenAIApiVersion: "2024-10-21" }),
];
const azure = createAzure({
  baseURL: url,
  fetch: async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set("authorization", `Bearer ${await azureADTokenProvider()}`);
    return fetch(input, { ...init, headers });
  },
});
export const answer = generateText({ model: azure("gpt-4o"), prompt: "Good morning" });

export const graph = Client.initWithMiddleware({
  authProvider: new TokenCredentialAuthenticationProvider(credential, {
    scopes: ["https://graph.microsoft.com/.default"],
  }),
});
export const kiota = new AzureIdentityAuthenticationProvider(credential, [
  "https://graph.microsoft.com/.default",
]);

// Those that take a token.
export async function devOps(): Promise<WebApi> {
  const { token } = await credential.getToken("499b84ac-1321-427f-aa17-267ca6975798/.default");
  return new WebApi("https://dev.azure.com/contoso", getBearerHandler(token));
}
export async function sql(): Promise<readonly unknown[]> {
  const { token } = await credential.getToken("https://database.windows.net/.default");
  const server = "example.database.windows.net";
  return [
    new mssql.ConnectionPool({
      server,
      authentication: { type: "azure-active-directory-access-token", options: { token } },
    }),
    new mssql.ConnectionPool({
      server,
      authentication: { type: "token-credential", options: { credential } },
    }),
    new Connection({
      server,
      authentication: { type: "azure-active-directory-access-token", options: { token } },
    }),
    new Connection({ server, authentication: { type: "token-credential", options: { credential } } }),
  ];
}
export const postgres = new pg.Pool({
  host: "example.postgres.database.azure.com",
  password: getBearerTokenProvider(credential, "https://ossrdbms-aad.database.windows.net/.default"),
});

const serverUrl = new URL("https://tools.contoso.com/mcp");
const entra = withEntra({ credential, serverUrl });
export const mcp = new StreamableHTTPClientTransport(serverUrl, { fetch: entra(fetch) });

// A function is given any credential by the type of the Azure SDKs.
export function ofAnybody(any: TokenCredential): readonly unknown[] {
  return [getBearerTokenProvider(any, scope), withEntra({ credential: any, serverUrl })];
}

export const traced = new BlobServiceClient(url, tracedCredential(credential, opentelemetry));

export const mistaken = new BlobServiceClient(
  url,
  // @ts-expect-error What is no credential is an error of the compiler, so the types are not `any`.
  { getToken: "no" },
);
export const wrong = new AzureOpenAI({
  // @ts-expect-error Nor is a credential a function.
  azureADTokenProvider: credential,
  endpoint: url,
  apiVersion: "2024-10-21",
});
