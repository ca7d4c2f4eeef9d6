// An unmodified program of the Azure SDK: node list-azure.mjs ARM-ENDPOINT STORAGE-ACCOUNT-URL
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { DefaultAzureCredential } from "@azure/identity";
import { BlobServiceClient } from "@azure/storage-blob";

const [, , endpoint, accountUrl] = process.argv;
const credential = new DefaultAzureCredential();
const { subscriptions } = new SubscriptionClient(credential, { endpoint });
const storage = new BlobServiceClient(accountUrl, credential);
await storage.createContainer("made-here");
const containers = await Array.fromAsync(storage.listContainers(), ({ name }) => name);
const names = await Array.fromAsync(subscriptions.list(), ({ displayName }) => displayName);
console.log(JSON.stringify({ subscriptions: names, containers }));
