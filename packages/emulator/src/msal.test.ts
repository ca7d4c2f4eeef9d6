import { InteractionRequiredAuthError, PublicClientApplication, ServerError } from "@azure/msal-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, virtualClock, type Emulator } from "./index.ts";
import { claimsOf, send } from "../test/raw-client.ts";

// The real client library, unchanged: what it accepts here, it accepts from Entra.
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
  emulator.trust();
});
afterAll(() => emulator[Symbol.asyncDispose]());

const ARM = ["https://management.azure.com/.default"];

function client(tenant = "organizations", on = emulator): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: on.defaults.clientId,
      authority: `${on.authorityHost}/${tenant}`,
      knownAuthorities: [on.authorityHost],
      clientCapabilities: ["cp1"],
    },
  });
}
const interactive = (app: PublicClientApplication, extra = {}) =>
  app.acquireTokenInteractive({
    scopes: ARM,
    openBrowser: (url) => emulator.person.openBrowser(url),
    ...extra,
  });

describe("authorization code", () => {
  test("signs in, then serves the same resource from its cache and another one silently", async () => {
    const app = client();
    const result = await interactive(app);
    const { account, tenantId } = emulator.defaults;
    expect(result.account).toMatchObject({
      homeAccountId: `${account.objectId}.${tenantId}`,
      username: account.username,
      tenantId,
      name: account.displayName,
    });
    const subscriptions = await send(emulator, "/subscriptions?api-version=2022-12-01", {
      headers: { authorization: `Bearer ${result.accessToken}` },
    });
    expect(subscriptions.status).toBe(200);
    const again = await app.acquireTokenSilent({ scopes: ARM, account: result.account! });
    expect(again.fromCache).toBe(true);
    const storage = await app.acquireTokenSilent({
      scopes: ["https://storage.azure.com/.default"],
      account: result.account!,
    });
    expect(storage.fromCache).toBe(false);
    expect(claimsOf(storage.accessToken)).toMatchObject({
      aud: "https://storage.azure.com",
      iss: `https://sts.windows.net/${tenantId}/`,
    });
    expect(emulator.count("authorize")).toBe(1);
  });

  test("a guest goes to the other tenant silently, and stays the same account", async () => {
    const { guest, otherTenantId } = emulator.defaults;
    emulator.person.script({ action: "approve", account: guest.username });
    const app = client();
    const result = await interactive(app);
    const other = await app.acquireTokenSilent({
      scopes: ARM,
      account: { ...result.account!, tenantId: otherTenantId },
      authority: `${emulator.authorityHost}/${otherTenantId}`,
    });
    expect(other.tenantId).toBe(otherTenantId);
    expect(other.account?.homeAccountId).toBe(result.account?.homeAccountId);
  });

  test("a personal account signs in at consumers", async () => {
    const result = await interactive(client("consumers"));
    expect(result.account?.username).toBe(emulator.defaults.personalAccount.username);
  });

  test("a person who declines is a server error with Entra's number", async () => {
    emulator.person.script({ action: "decline" });
    const refused = interactive(client());
    await expect(refused).rejects.toBeInstanceOf(ServerError);
    await expect(refused).rejects.toMatchObject({
      errorCode: "access_denied",
      errorMessage: expect.stringContaining("AADSTS65004"),
    });
  });

  test("a revoked session asks for interaction", async () => {
    const app = client();
    const { account } = await interactive(app);
    emulator.revoke(emulator.defaults.account);
    const silent = app.acquireTokenSilent({ scopes: ARM, account: account!, forceRefresh: true });
    await expect(silent).rejects.toBeInstanceOf(InteractionRequiredAuthError);
    await expect(silent).rejects.toMatchObject({ errorCode: "invalid_grant", subError: "bad_token" });
  });
});

describe("device code", () => {
  test("signs in by the short grant name", async () => {
    const result = await client().acquireTokenByDeviceCode({
      scopes: ["https://graph.microsoft.com/User.Read"],
      deviceCodeCallback: (info) => void emulator.person.answerDeviceCode(info),
    });
    expect(result?.account?.username).toBe(emulator.defaults.account.username);
    expect(emulator.requests.at(-1)).toMatchObject({ kind: "poll", grantType: "device_code", status: 200 });
  });

  test("a code that runs out is told", async () => {
    const clock = virtualClock();
    const other = await startEmulator({ clock, deviceCodeIntervalInS: 1 });
    const undoOther = other.trust();
    const expired = client("organizations", other).acquireTokenByDeviceCode({
      scopes: ARM,
      deviceCodeCallback: () => clock.advance(900_000),
    });
    await expect(expired).rejects.toMatchObject({ errorCode: "post_request_failed" });
    expect(other.requests.at(-1)).toMatchObject({ kind: "poll", error: "expired_token" });
    undoOther();
    await other[Symbol.asyncDispose]();
  });
});
