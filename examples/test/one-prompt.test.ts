import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { BlobServiceClient } from "@azure/storage-blob";
import { InteractiveBrowserCredential, type AuthenticationEvent } from "@entrada/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLocalAzure, type LocalAzure } from "../demo/local-azure.ts";

let azure: LocalAzure;
beforeAll(async () => {
  azure = await startLocalAzure();
}, 240_000);
afterAll(() => azure?.[Symbol.asyncDispose]());

function freshSignIn() {
  const { emulator, accountUrl } = azure;
  const prompts: AuthenticationEvent[] = [];
  const credential = new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    openBrowser: (url, context) => emulator.person.openBrowser(url, context),
    onEvent: (event) => void (event.type === "prompt" && prompts.push(event)),
  });
  const subscriptions = new SubscriptionClient(credential, { endpoint: emulator.armEndpoint });
  const blobs = new BlobServiceClient(accountUrl, credential);
  return {
    prompts,
    credential,
    subscriptions: async () =>
      (await Array.fromAsync(subscriptions.subscriptions.list())).map(({ displayName }) => displayName),
    tenants: async () =>
      (await Array.fromAsync(subscriptions.tenants.list())).map(({ displayName }) => displayName),
    containers: async () => (await Array.fromAsync(blobs.listContainers())).map(({ name }) => name),
  };
}

test("three SDK calls at once on a fresh credential show one prompt", async () => {
  const { prompts, subscriptions, tenants, containers } = freshSignIn();

  const answers = await Promise.all([subscriptions(), tenants(), containers()]);

  expect(answers).toEqual([
    ["Contoso Production", "Contoso Development"],
    ["Contoso"],
    ["backups", "invoices", "photos"],
  ]);
  expect(prompts).toHaveLength(1);
});

test("after authenticate() no client shows a prompt", async () => {
  const { prompts, credential, subscriptions, containers } = freshSignIn();

  const { username } = await credential.authenticate();
  expect(username).toBe("ada@contoso.example");
  expect(prompts).toHaveLength(1);

  expect(await subscriptions()).toHaveLength(2);
  expect(await containers()).toHaveLength(3);
  expect(prompts).toHaveLength(1);
});
