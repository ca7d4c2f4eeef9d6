import { describe, expect, test } from "vitest";
import { VirtualClock } from "../../test/http/virtual-clock.ts";
import { CLIENT, goodAnswer, ISSUER, NOW, TENANT } from "../../test/http/token-documents.ts";
import { GRAPH, tokenRequest } from "../../test/msal/entra-over-fetch.ts";
import type { AuthorityClient, AuthorityRequest } from "../authority/authority-client.ts";
import type { AuthorityDirectory, MetadataOptions } from "../authority/authority-metadata.ts";
import type { TokenRequest } from "../flow/flow.ts";
import { TokenRedeemer, type MsalRequest, type Redemption } from "./token-redeemer.ts";

const HOST = "https://login.microsoftonline.com";

function redeemerOver(json: object = goodAnswer({ id_token: undefined })) {
  const sent: AuthorityRequest[] = [];
  const asked: unknown[] = [];
  const client = {
    send: async (request: AuthorityRequest) => {
      sent.push(request);
      return { status: 200, json, header: () => undefined };
    },
  };
  const directory = {
    metadata: async (tenant: string, options: MetadataOptions) => {
      asked.push([tenant, options]);
      const at = `${HOST}/${tenant}`;
      return { issuer: ISSUER, authorization_endpoint: `${at}/authorize`, token_endpoint: `${at}/token` };
    },
  };
  const redeemer = new TokenRedeemer({
    clientId: CLIENT,
    authorityHost: HOST,
    client: client as unknown as AuthorityClient,
    directory: directory as unknown as AuthorityDirectory,
    clock: new VirtualClock(NOW),
  });
  return { redeemer, sent, asked };
}

const renewal: Redemption = {
  repeat: "safe",
  interactive: false,
  use: (app, common) => app.acquireTokenByRefreshToken({ ...common, refreshToken: "r" }),
};

describe("a redemption", () => {
  test.each<[Partial<TokenRequest>, boolean, object]>([
    [{}, false, { background: false, explicit: false }],
    [{ background: true }, false, { background: true, explicit: false }],
    [{ explicit: true }, false, { background: false, explicit: true }],
    [{ explicit: false }, true, { background: false, explicit: true }],
  ])(
    "of %j, interactive: %s, is %j, as is the question about the endpoints",
    async (changes, interactive, how) => {
      const { redeemer, sent, asked } = redeemerOver();
      const request = tokenRequest(changes);
      await redeemer.redeem(request, { ...renewal, interactive });
      const { signal, correlationId } = request;
      expect(asked).toEqual([[TENANT, { signal, correlationId, ...how }]]);
      expect(sent).toMatchObject([{ repeat: "safe", signal, correlationId, ...how }]);
    },
  );

  test("is msal-node's, with the scopes, the id and the claims of the request", async () => {
    const seen: MsalRequest[] = [];
    const { redeemer } = redeemerOver();
    const use: Redemption["use"] = (app, common) => {
      seen.push(common);
      return renewal.use(app, common);
    };
    await redeemer.redeem(tokenRequest(), { ...renewal, use });
    await redeemer.redeem(tokenRequest({ claims: '{"a":1}' }), { ...renewal, use });
    const { correlationId } = tokenRequest();
    expect(seen).toEqual([
      { scopes: [GRAPH], correlationId },
      { scopes: [GRAPH], correlationId, claims: '{"a":1}' },
    ]);
    expect(seen[0]).not.toHaveProperty("claims");
  });

  test.each<[string, Redemption["use"], string]>([
    [
      "an error of its own",
      () => Promise.reject(Object.assign(new Error("quotes"), { errorCode: "odd" })),
      "odd",
    ],
    ["an error without a name", () => Promise.reject(new Error("quotes")), "no_answer"],
    ["no error at all", () => Promise.reject(undefined), "no_answer"],
    ["an answer that nobody has checked", async () => null, "no_answer"],
  ])("that msal-node ends with %s is refused, and nothing of it is repeated", async (_, use, detail) => {
    const { redeemer } = redeemerOver();
    const error: unknown = await redeemer
      .redeem(tokenRequest(), { ...renewal, use })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "invalid_response", detail });
    expect((error as Error).message).not.toContain("quotes");
  });

  test("loads msal-node once, however often it is prepared", async () => {
    const { redeemer, sent } = redeemerOver();
    redeemer.prepare();
    redeemer.prepare();
    await redeemer.redeem(tokenRequest(), renewal);
    expect(sent).toHaveLength(1);
  });
});
