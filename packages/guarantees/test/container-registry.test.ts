import { ContainerRegistryClient } from "@azure/container-registry";
import { createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { InteractiveBrowserCredential } from "@entrada/core";
import { startEmulator } from "@entrada/emulator";
import { expect, test } from "vitest";

const HOST = "https://orders.azurecr.io";
const CHALLENGE = `Bearer realm="${HOST}/oauth2/token",service="orders.azurecr.io",scope="registry:catalog:*"`;

// The client reads when it ends.
const REFRESH_TOKEN = `e30.${Buffer.from('{"exp":4102444800}').toString("base64url")}.c`;

/** A registry: whoever shows no token of its own is asked for one. */
const registry: HttpClient = {
  async sendRequest(request) {
    const answer = (
      status: number,
      body: unknown,
      headers = {},
    ): Awaited<ReturnType<HttpClient["sendRequest"]>> => ({
      request,
      status,
      headers: createHttpHeaders({ "content-type": "application/json", ...headers }),
      bodyAsText: JSON.stringify(body),
    });
    if (new URL(request.url).pathname === "/oauth2/exchange")
      return answer(200, { refresh_token: REFRESH_TOKEN });
    if (new URL(request.url).pathname === "/oauth2/token") return answer(200, { access_token: "t" });
    return request.headers.get("authorization") === "Bearer t"
      ? answer(200, { repositories: ["hello"] })
      : answer(401, {}, { "www-authenticate": CHALLENGE });
  },
};

// The client hands to the credential whatever its pipeline has handed to it.
test("a client that passes on more than a credential knows gets its token", async () => {
  await using emulator = await startEmulator();
  const credential = new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    fetch: emulator.fetch,
    openBrowser: (url, context) => emulator.person.openBrowser(url, context),
  });
  const audience = "https://management.azure.com";
  const client = new ContainerRegistryClient(HOST, credential, { audience, httpClient: registry });
  const names = await Array.fromAsync(client.listRepositoryNames());
  expect(names).toEqual(["hello"]);
});
