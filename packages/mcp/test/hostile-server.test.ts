import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withEntra } from "../src/index.ts";

const SCOPE = "api://tools/.default";
const CLAIMS = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

/** What a credential was asked for. */
interface Asked {
  readonly scopes: unknown;
  readonly options: unknown;
}

let server: Server;
let challenge: string;
let requests: number;
let asked: Asked[];
beforeEach(async () => {
  requests = 0;
  asked = [];
  server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(401, { "www-authenticate": challenge }).end("not yet");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => void server.close());

async function send(): Promise<Response> {
  const serverUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}/mcp`;
  const credential = {
    getToken: (scopes: unknown, options: unknown) => {
      asked.push({ scopes, options });
      return Promise.resolve({ token: `token-${asked.length}`, expiresOnTimestamp: Date.now() + 3_600_000 });
    },
  };
  return withEntra({ credential, serverUrl, scopes: SCOPE })(fetch)(serverUrl, {
    method: "POST",
    body: "{}",
  });
}

test("a 401 that never ends is answered once, and then handed over", async () => {
  challenge = `Bearer error="insufficient_claims", claims="${Buffer.from(CLAIMS).toString("base64")}"`;
  const answer = await send();
  expect([answer.status, await answer.text(), requests, asked.length]).toEqual([401, "not yet", 2, 2]);
  expect(asked[1]).toMatchObject({ options: { claims: CLAIMS } });
});

test("a challenge cannot ask for a token of another resource, tenant or authority", async () => {
  const wishes = [
    'scope="https://vault.azure.net/.default"',
    'resource="https://vault.azure.net"',
    'tenant_id="attacker.example"',
    'authorization_uri="https://attacker.example/authorize"',
    'resource_metadata="https://attacker.example/metadata"',
  ];
  challenge = `Bearer error="insufficient_claims", ${wishes.join(", ")}, claims="${Buffer.from(CLAIMS).toString("base64")}"`;
  await send();
  expect(asked.map(({ scopes }) => [scopes].flat())).toEqual([[SCOPE], [SCOPE]]);
  expect(JSON.stringify(asked)).not.toMatch(/vault|attacker/);
});
