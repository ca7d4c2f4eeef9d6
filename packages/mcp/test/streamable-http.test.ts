import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { persistentTokenCache } from "@entrada/cache";
import { InteractiveBrowserCredential, memoryTokenCache, type TokenCacheStore } from "@entrada/core";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { withEntra } from "../src/index.ts";
import { API, startToolServer, type ToolServer } from "./tool-server.ts";

const OTHER = {
  uri: "api://other",
  appId: "3f1b2c4d-0000-4000-8000-00000000a002",
  name: "Other",
  scopes: ["Read"],
  tokenVersion: 2 as const,
};

let emulator: Emulator;
let clients: Client[];

beforeEach(async () => {
  emulator = await startEmulator({ resources: [API, OTHER] });
  emulator.trust();
  clients = [];
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await emulator[Symbol.asyncDispose]();
});

function credential(tokenCache: TokenCacheStore = memoryTokenCache()): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    tenantId: emulator.defaults.tenantId,
    disableInstanceDiscovery: true,
    openBrowser: emulator.person.openBrowser,
    tokenCache,
  });
}

function tools(): Promise<ToolServer> {
  return startToolServer(() => ({
    tenantId: emulator.defaults.tenantId,
    audience: [API.appId, API.uri],
    authorityHost: emulator.authorityHost,
    scopes: `${API.uri}/Tools.Use`,
  }));
}

async function connected(
  server: ToolServer,
  options: Omit<Parameters<typeof withEntra>[0], "serverUrl">,
): Promise<Client> {
  const entra = withEntra({ serverUrl: server.url, ...options });
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(server.url, { fetch: entra(fetch) }) as never);
  clients.push(client);
  return client;
}

/** How often a person was asked. */
async function visits(): Promise<number> {
  await emulator.person.settled();
  return emulator.person.visits.length;
}

async function whoami(client: Client): Promise<string | undefined> {
  const { content } = await client.callTool({ name: "whoami" });
  return (content as { text: string }[])[0]?.text;
}

test("one sign-in for two clients, and none of them registers", async () => {
  await using server = await tools();
  const shared = credential();
  const scopes = `${API.uri}/.default`;
  const one = await connected(server, { credential: shared, scopes });
  const two = await connected(server, { credential: shared, scopes });
  expect(await whoami(one)).toBe(emulator.defaults.account.username);
  expect(await whoami(two)).toBe(emulator.defaults.account.username);
  expect(await visits()).toBe(1);
  expect(server.statuses).not.toContain(401);
});

test("one sign-in for the programs of a machine that share a persisted cache", async () => {
  await using server = await tools();
  const directory = mkdtempSync(join(tmpdir(), "entrada-mcp-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const scopes = `${API.uri}/.default`;
  // Each has a store of its own over the same file, as each program has.
  const program = (): Promise<Client> => {
    const tokenCache = persistentTokenCache({ name: "tools", directory, key: { passphrase: "of a test" } });
    return connected(server, { credential: credential(tokenCache), scopes });
  };
  expect(await whoami(await program())).toBe(emulator.defaults.account.username);
  expect(await whoami(await program())).toBe(emulator.defaults.account.username);
  expect(await visits()).toBe(1);
});

test("three tokens that expire are renewed three times, and nobody is asked again", async () => {
  await using server = await tools();
  const client = await connected(server, { credential: credential(), scopes: `${API.uri}/.default` });
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    for (let day = 1; day <= 3; day += 1) {
      // A client that understands revocation has tokens for a day.
      vi.setSystemTime(Date.now() + 25 * 3600 * 1000);
      expect(await whoami(client)).toBe(emulator.defaults.account.username);
      expect(emulator.count("refresh")).toBe(day);
    }
  } finally {
    vi.useRealTimers();
  }
  expect(await visits()).toBe(1);
});

/** How often a person has been asked: after the sign-in, after a first call and after a second one. */
async function askedForContexts(authenticationContexts: string[]): Promise<readonly number[]> {
  await using server = await startToolServer(() => ({
    tenantId: emulator.defaults.tenantId,
    audience: [API.appId, API.uri],
    authorityHost: emulator.authorityHost,
    scopes: `${API.uri}/Tools.Use`,
    authenticationContexts,
  }));
  const signedIn = credential();
  await signedIn.authenticate(`${API.uri}/.default`);
  const asked = [await visits()];
  const client = await connected(server, { credential: signedIn, scopes: `${API.uri}/.default` });
  for (let call = 0; call < 2; call += 1) {
    expect(await whoami(client)).toBe(emulator.defaults.account.username);
    asked.push(await visits());
  }
  expect(server.statuses.filter((status) => status === 401).length).toBeGreaterThan(0);
  return asked;
}

test("a 401 that asks for an authentication context leads to one prompt, and the call goes on", async () => {
  expect(await askedForContexts(["c1"])).toEqual([1, 2, 2]);
});

test("one that asks for several contexts asks for all of them at once", async () => {
  expect(await askedForContexts(["c1", "c2", "c3"])).toEqual([1, 2, 2]);
});

test("a token for another API is refused, and so is one of another tenant", async () => {
  await using server = await tools();
  const foreign = await credential().getToken(`${OTHER.uri}/.default`);
  const ask = (token: string): Promise<Response> =>
    fetch(server.url, { method: "POST", headers: { authorization: `Bearer ${token}` } });
  const refused = await ask(foreign!.token);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toEqual({
    error: "invalid_token",
    error_description: "The token is for another audience",
  });
  const stranger = new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    tenantId: emulator.defaults.otherTenantId,
    disableInstanceDiscovery: true,
    openBrowser: emulator.person.openBrowser,
  });
  emulator.person.script({ action: "approve", account: emulator.defaults.otherAccount.username });
  const { token } = await stranger.getToken(`${API.uri}/.default`);
  expect(await (await ask(token)).json()).toMatchObject({
    error_description: "The token is of another tenant",
  });
});

test("without scopes the server's metadata is asked, and a resource elsewhere is not believed", async () => {
  await using server = await tools();
  await expect(connected(server, { credential: credential() })).rejects.toMatchObject({
    code: "unsupported",
    detail: "resource_not_trusted",
  });
  expect(await visits()).toBe(0);
});

test("without scopes a resource on the server's own host is believed", async () => {
  await using server = await startToolServer((url) => ({
    tenantId: emulator.defaults.tenantId,
    audience: [url.href],
    authorityHost: emulator.authorityHost,
    scopes: `${url.href}/Tools.Use`,
  }));
  await using own = await startEmulator({
    resources: [{ uri: server.url.href, appId: API.appId, name: "Own", scopes: ["Tools.Use"] }],
  });
  expect(own.authorityHost).not.toBe(emulator.authorityHost);
  let asked: string[] = [];
  const recording = {
    getToken: (scopes: string | string[]) => {
      asked = [scopes].flat();
      return Promise.reject(new Error("asked"));
    },
  };
  await expect(connected(server, { credential: recording })).rejects.toThrow("asked");
  expect(asked).toEqual([`${server.url.href}/Tools.Use`]);
});

test("no token leaves for another origin", async () => {
  const sent: Headers[] = [];
  const entra = withEntra({
    credential: credential(),
    serverUrl: "https://tools.contoso.com/mcp",
    scopes: "api://tools/.default",
  });
  await entra((_url, init) => {
    sent.push(new Headers(init?.headers));
    return Promise.resolve(new Response());
  })("https://elsewhere.example/mcp");
  expect(sent[0]?.has("authorization")).toBe(false);
});

test.each([
  [{ serverUrl: "http://tools.contoso.com/mcp" }, "serverUrl"],
  [{ serverUrl: "not a URL" }, "serverUrl"],
  [{ scopes: "two words" }, "scopes"],
  [{ credential: {} }, "credential"],
  [{ scope: "api://tools/.default" }, "scope"],
])("a wrong option is refused by name: %j", (wrong, name) => {
  const right = { credential: credential(), serverUrl: "https://tools.contoso.com/mcp" };
  expect(() => withEntra({ ...right, ...wrong } as never)).toThrow(name);
});
