import { describe, expect, test } from "vitest";
import { CLIENT, goodAnswer, ISSUER, NOW, TENANT } from "../../test/http/token-documents.ts";
import type { AuthorityAnswer, AuthorityClient, AuthorityRequest } from "../authority/authority-client.ts";
import { TokenExchange, type TokenExchangeSettings } from "./token-exchange.ts";

const URL = "https://login.test/token";
const answer = (json: object, status = 200): AuthorityAnswer => ({
  status,
  json: json as never,
  header: () => undefined,
  skewInMs: 0,
});
const GOOD = answer(goodAnswer());

function exchangeOver(reply: AuthorityAnswer | Error, settings: Partial<TokenExchangeSettings> = {}) {
  const sent: AuthorityRequest[] = [];
  const send = async (request: AuthorityRequest): Promise<AuthorityAnswer> => {
    sent.push(request);
    if (reply instanceof Error) throw reply;
    return reply;
  };
  const { signal } = new AbortController();
  const exchange = new TokenExchange({
    client: { send } as AuthorityClient,
    signal,
    background: true,
    explicit: false,
    correlationId: "c-1",
    repeat: "once",
    expectations: {
      clientId: CLIENT,
      tenantId: TENANT,
      issuer: ISSUER,
      nonce: "n-1",
      requestedScopes: [],
      correlationId: "c-1",
    },
    errorContext: { what: "x", scopes: [], clientId: CLIENT, tenantId: TENANT },
    now: () => NOW,
    known: [],
    ...settings,
  });
  return { exchange, sent, signal };
}

describe("the network that msal-node is given", () => {
  test("sends what msal-node asks for as the request says, and gives it a copy of the answer", async () => {
    const { exchange, sent, signal } = exchangeOver(GOOD);
    const got = await exchange.sendPostRequestAsync(URL, { headers: { "X-A": "b" }, body: "a=1" });
    expect(sent).toEqual([
      {
        method: "POST",
        url: URL,
        headers: { "X-A": "b" },
        body: "a=1",
        signal,
        correlationId: "c-1",
        repeat: "once",
        background: true,
        explicit: false,
      },
    ]);
    expect(got).toEqual({ status: 200, headers: {}, body: goodAnswer() });
    expect(got.body).not.toBe(GOOD.json);
    expect(exchange.checked?.accessToken).toBe("eyJ0eXAi.access-token.sig");
    expect(exchange.failure).toBeUndefined();
  });

  test("sends an empty form where msal-node has none", async () => {
    const { exchange, sent } = exchangeOver(GOOD);
    await exchange.sendPostRequestAsync(URL);
    expect(sent[0]?.body).toBe("");
    expect(sent[0]).not.toHaveProperty("headers");
  });

  test("gives the answers that are there, in order, and checks the last alone", async () => {
    const device = answer({ device_code: "d" });
    const { exchange, sent } = exchangeOver(new Error("sent"), { known: [device, GOOD] });
    expect((await exchange.sendPostRequestAsync(URL)).body).toEqual({ device_code: "d" });
    expect(exchange.checked).toBeUndefined();
    await exchange.sendPostRequestAsync(URL);
    expect(exchange.checked?.accessToken).toBe(goodAnswer()["access_token"]);
    expect(sent).toEqual([]);
  });

  test.each([
    ["a fault on the way", new Error("lost"), "lost"],
    ["a refusal", answer({ error: "invalid_grant" }, 400), "x"],
    ["an answer without a token", answer({}), "access_token"],
  ])("keeps what really went wrong: %s", async (_, reply, message) => {
    const { exchange } = exchangeOver(reply);
    const error: unknown = await exchange.sendPostRequestAsync(URL).catch((reason: unknown) => reason);
    expect((error as Error).message).toContain(message);
    expect(exchange.failure).toBe(error);
    expect(exchange.checked).toBeUndefined();
  });

  test("asks for nothing that nobody has checked", async () => {
    const { exchange, sent } = exchangeOver(GOOD);
    await expect(exchange.sendGetRequestAsync()).rejects.toThrow("metadata");
    expect(sent).toEqual([]);
  });
});
