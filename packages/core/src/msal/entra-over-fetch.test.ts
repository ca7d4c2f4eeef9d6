import { beforeEach, describe, expect, test } from "vitest";
import { clientInfo, goodAnswer, goodClaims, idToken, NOW, TENANT } from "../../test/http/token-documents.ts";
import { entraOverFetch, GRAPH, tokenRequest, type Posted } from "../../test/msal/entra-over-fetch.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { deferred } from "../deferred.ts";
import type { AuthorityAnswer } from "../authority/authority-client.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";

const HOST = "https://login.microsoftonline.com";
const HOUR = 3_600_000;
const GRANT = {
  code: "the-code",
  codeVerifier: "v".repeat(43),
  redirectUri: "http://localhost:1/",
  nonce: "n-1",
};
const REFUSED = { status: 400, body: { error: "invalid_grant", error_description: "AADSTS70008: Expired." } };
const UNSENT = Object.assign(new Error("x"), { code: "ECONNREFUSED" });
const LOST = Object.assign(new Error("x"), { code: "ECONNRESET" });

/** What is wanted of the access token; msal-node wants something of the id token besides. */
function claimedOf(request: Posted | undefined): unknown {
  const claims = JSON.parse(request?.form["claims"] ?? "{}") as { access_token?: unknown };
  return claims.access_token;
}

let tokenCache: TokenCacheStore;
beforeEach(() => (tokenCache = memoryTokenCache()));

/** Somebody who has signed in at that moment. */
async function signedIn(options: Parameters<typeof entraOverFetch>[0] = {}, answer: object = {}) {
  const all = entraOverFetch({ tokenCache, ...options });
  all.authority.reply = () => ({ body: goodAnswer({ ...answer }) });
  const first = await all.entra.redeemCode(tokenRequest(), GRANT);
  all.authority.reply = (_, before) => ({
    body: goodAnswer({
      id_token: undefined,
      access_token: `renewed-${before}`,
      refresh_token: `r-${before}`,
    }),
  });
  return { ...all, account: first.account, first };
}

describe("a code", () => {
  test("is redeemed with its verifier for the scopes that were asked for, and says who signed in", async () => {
    const { entra, posted, authority } = entraOverFetch();
    authority.reply = () => ({ body: goodAnswer() });
    const answer = await entra.redeemCode(tokenRequest(), GRANT);
    expect(posted).toHaveLength(1);
    expect(posted[0]?.url).toMatch(new RegExp(`^${HOST}/${TENANT}/oauth2/v2.0/token(\\?|$)`));
    expect(posted[0]?.headers["client-request-id"]).toBe(tokenRequest().correlationId);
    expect(posted[0]?.form).toMatchObject({
      grant_type: "authorization_code",
      code: "the-code",
      code_verifier: GRANT.codeVerifier,
      redirect_uri: GRANT.redirectUri,
    });
    expect(posted[0]?.form["scope"]?.split(" ")).toContain(GRAPH);
    expect(claimedOf(posted[0])).toBeUndefined();
    expect(answer).toMatchObject({
      token: "eyJ0eXAi.access-token.sig",
      expiresOnTimestamp: NOW + HOUR,
      refreshAfterTimestamp: NOW + HOUR / 2,
      receivedOnTimestamp: NOW,
      tenantId: TENANT,
      account: { username: "ana@contoso.test", authority: "login.microsoftonline.com" },
    });
  });

  test("is sent once, whatever becomes of it", async () => {
    const { entra, posted, authority } = entraOverFetch();
    authority.reply = () => LOST;
    await expect(entra.redeemCode(tokenRequest(), GRANT)).rejects.toMatchObject({
      code: "network",
      detail: "connection_lost",
    });
    expect(posted).toHaveLength(1);
  });

  test("goes out although the authority had asked to wait: a person has just signed in", async () => {
    const { entra, posted, authority, account } = await signedIn();
    authority.reply = () => ({ status: 429, body: {}, headers: { "retry-after": "3600" } });
    const renewal = tokenRequest({ account, scopes: ["https://other.test/x"] });
    await expect(entra.silent(renewal)).rejects.toMatchObject({ detail: "throttled" });
    await expect(entra.silent(renewal)).rejects.toMatchObject({ detail: "throttled" });
    expect(posted).toHaveLength(2);
    authority.reply = () => ({ body: goodAnswer() });
    await entra.redeemCode(tokenRequest(), GRANT);
    authority.reply = () => ({ body: goodAnswer({ id_token: undefined, scope: "https://other.test/x" }) });
    await entra.silent({ ...renewal, explicit: true });
    expect(posted).toHaveLength(4);
  });

  test("that never left is sent again", async () => {
    const { entra, posted, authority, clock } = entraOverFetch();
    const tried = deferred<void>();
    authority.reply = (_, before) => {
      tried.resolve();
      return before < 2 ? UNSENT : { body: goodAnswer() };
    };
    const redeemed = entra.redeemCode(tokenRequest(), GRANT);
    // What redeems it is loaded first, which takes its time.
    await tried.promise;
    await clock.advance(10_000);
    expect([(await redeemed).tenantId, posted.length]).toEqual([TENANT, 3]);
  });

  test("is redeemed at a host of one's own, too: msal-node asks nobody about it", async () => {
    const own = { authorityHost: "https://login.contoso.test", disableInstanceDiscovery: true };
    const { entra, posted, authority } = entraOverFetch(own);
    const at = `${own.authorityHost}/${TENANT}`;
    const document = { issuer: `${at}/v2.0`, authorization_endpoint: `${at}/a`, token_endpoint: `${at}/t` };
    const claims = goodClaims({ iss: document.issuer });
    authority.reply = ({ method }) => ({
      body: method === "GET" ? document : goodAnswer({ id_token: idToken(claims) }),
    });
    expect((await entra.redeemCode(tokenRequest(), GRANT)).account.authority).toBe("login.contoso.test");
    expect(posted.map(({ method, url }) => `${method} ${url.split("?")[0]}`)).toEqual([
      `GET ${at}/v2.0/.well-known/openid-configuration`,
      `POST ${at}/t`,
    ]);
  });

  test("is kept with the names that are known, and no other", async () => {
    await signedIn();
    expect((await tokenCache.list()).map(({ label }) => label)).toEqual([`[${NOW},"ana@contoso.test"]`]);
  });

  test("brings a token although it cannot be kept", async () => {
    const withLock = (): Promise<never> =>
      Promise.reject(new AuthenticationError({ code: "cache", what: "x", detail: "cache_version" }));
    const { entra, authority, events } = entraOverFetch({ tokenCache: { ...tokenCache, withLock } });
    authority.reply = () => ({ body: goodAnswer() });
    expect((await entra.redeemCode(tokenRequest(), GRANT)).tenantId).toBe(TENANT);
    expect(events).toMatchObject([{ type: "warning", code: "cache_version" }]);
  });

  test("is not kept where the call was left while it waited to be", async () => {
    const controller = new AbortController();
    const withLock: TokenCacheStore["withLock"] = async (key, work) => {
      controller.abort("enough");
      return tokenCache.withLock(key, work);
    };
    const { entra, authority } = entraOverFetch({ tokenCache: { ...tokenCache, withLock } });
    authority.reply = () => ({ body: goodAnswer() });
    const left = entra.redeemCode(tokenRequest({ signal: controller.signal }), GRANT);
    await expect(left).rejects.toMatchObject({ name: "AbortError" });
    expect(await tokenCache.list()).toEqual([]);
  });

  test("that is refused ends the sign-in, and asks nobody to sign in again", async () => {
    const { entra, authority } = entraOverFetch();
    authority.reply = () => REFUSED;
    const error: unknown = await entra.redeemCode(tokenRequest(), GRANT).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: "AuthenticationError",
      code: "service",
      detail: "invalid_grant",
      aadsts: 70008,
    });
    expect((error as Error).message).toContain("The sign-in was not completed");
  });

  test.each([
    ["another nonce", { id_token: idToken(goodClaims({ nonce: "other" })) }, "id_token_invalid"],
    ["another issuer", { id_token: idToken(goodClaims({ iss: "https://evil.test/" })) }, "id_token_invalid"],
    ["another application", { id_token: idToken(goodClaims({ aud: "other" })) }, "id_token_invalid"],
    ["no token", { access_token: undefined }, "access_token"],
    ["an error beside a token", { error: "x" }, undefined],
  ])("whose answer holds %s is refused, and nothing of it is kept", async (_, changes, detail) => {
    const { entra, authority } = entraOverFetch({ tokenCache });
    authority.reply = () => ({ body: goodAnswer(changes) });
    await expect(entra.redeemCode(tokenRequest(), GRANT)).rejects.toMatchObject(
      detail === undefined ? { name: "AuthenticationError" } : { code: "invalid_response", detail },
    );
    expect(await entra.accounts()).toEqual([]);
  });

  test("whose answer says that there was no error is redeemed", async () => {
    const { entra, authority } = entraOverFetch();
    authority.reply = () => ({ body: goodAnswer({ error: null }) });
    expect((await entra.redeemCode(tokenRequest(), GRANT)).tenantId).toBe(TENANT);
  });

  test("that is refused without a reason says with which status", async () => {
    const { entra, authority } = entraOverFetch();
    for (const body of [{}, { error: null }, { error: 7 }]) {
      authority.reply = () => ({ status: 400, body });
      await expect(entra.redeemCode(tokenRequest(), GRANT)).rejects.toMatchObject({
        code: "invalid_response",
        detail: "unexpected_status",
      });
    }
  });

  test("may be redeemed for a claims challenge, which is sent, with what the client can do", async () => {
    const { entra, posted, authority } = entraOverFetch();
    authority.reply = () => ({ body: goodAnswer() });
    const claims = '{"access_token":{"nbf":{"essential":true}}}';
    await entra.redeemCode(tokenRequest({ claims, enableCae: true }), GRANT);
    await entra.redeemCode(tokenRequest({ claims }), GRANT);
    expect(posted.map(claimedOf)).toEqual([
      { nbf: { essential: true }, xms_cc: { values: ["cp1"] } },
      { nbf: { essential: true } },
    ]);
  });
});

describe("a device's approval", () => {
  const answer = (json: object): AuthorityAnswer => ({
    status: 200,
    json: json as never,
    header: () => undefined,
  });
  const device = answer({
    device_code: "d",
    user_code: "u",
    verification_uri: "https://x.test",
    expires_in: 900,
    interval: 0,
  });

  test("is taken from the answers that are there: nothing is sent", async () => {
    const { entra, posted } = entraOverFetch();
    const { id_token: _, ...tokens } = goodAnswer();
    const token = answer({ ...tokens, id_token: idToken(goodClaims({ nonce: undefined })) });
    const { account, token: accessToken } = await entra.redeemDeviceCode(tokenRequest(), { device, token });
    expect([account.username, accessToken]).toEqual(["ana@contoso.test", "eyJ0eXAi.access-token.sig"]);
    expect(posted).toEqual([]);
  });

  test("that cannot be redeemed ends the sign-in, and asks nobody to sign in again", async () => {
    const { entra } = entraOverFetch();
    const token = { ...answer({ error: "invalid_grant" }), status: 400 };
    await expect(entra.redeemDeviceCode(tokenRequest(), { device, token })).rejects.toMatchObject({
      code: "service",
    });
  });

  test("that turns out to be a refusal is told as one", async () => {
    const { entra } = entraOverFetch();
    const token = { ...answer({ error: "access_denied" }), status: 400 };
    await expect(entra.redeemDeviceCode(tokenRequest(), { device, token })).rejects.toMatchObject({
      code: "access_denied",
    });
  });
});

describe("a token that is kept", () => {
  test("is served again and nobody is asked, which is told", async () => {
    const { entra, posted, events, account, first } = await signedIn();
    expect(await entra.silent(tokenRequest({ account }))).toEqual(first);
    expect(await entra.silent(tokenRequest({ tenantId: "organizations" }))).toEqual(first);
    expect(posted).toHaveLength(1);
    expect(events.at(-1)).toEqual({ type: "silent_hit", flow: "test", source: "cache", scopes: [GRAPH] });
  });

  test.each([
    ["other scopes", { scopes: ["https://other.test/x"] }],
    ["another tenant", { tenantId: "22222222-2222-4222-8222-222222222222" }],
    ["CAE", { enableCae: true }],
    ["claims", { claims: "{}" }],
  ])("is not served for %s: it is renewed, by the refresh token", async (_, changes) => {
    const { entra, posted, account } = await signedIn();
    const renewed = await entra.silent(tokenRequest({ account, ...changes }));
    expect(renewed.token).toBe("renewed-1");
    expect(posted[1]?.form).toMatchObject({ grant_type: "refresh_token", refresh_token: "0.refresh-token" });
  });

  test("is renewed with the newest refresh token, tried again where the connection is lost", async () => {
    const { entra, posted, clock, account, authority } = await signedIn();
    await clock.advance(HOUR);
    expect((await entra.silent(tokenRequest({ account }))).token).toBe("renewed-1");
    await clock.advance(HOUR);
    const { reply } = authority;
    authority.reply = (request, before) => (before === 2 ? LOST : reply(request, before));
    const renewing = entra.silent(tokenRequest({ account }));
    await clock.advance(10_000);
    expect((await renewing).token).toBe("renewed-3");
    expect(posted[3]?.form["refresh_token"]).toBe("r-1");
  });

  test("is served while it is valid where its renewal meets a fault on the way, which is told", async () => {
    const { entra, clock, events, account, first, authority } = await signedIn();
    await clock.advance(57 * 60_000);
    authority.reply = () => ({ status: 403, body: { error: "Forbidden" } });
    expect((await entra.silent(tokenRequest({ account }))).token).toBe(first.token);
    expect(events.at(-1)).toMatchObject({ type: "refresh_failed", flow: "test" });
    await expect(entra.silent(tokenRequest({ account, background: true }))).rejects.toMatchObject({
      detail: "forbidden",
    });
    await clock.advance(4 * 60_000);
    await expect(entra.silent(tokenRequest({ account }))).rejects.toMatchObject({ detail: "forbidden" });
  });

  test("is not served where it expires while its renewal is tried", async () => {
    const { entra, clock, account, authority } = await signedIn();
    await clock.advance(57 * 60_000);
    authority.reply = () => {
      clock.setWall(clock.now() + 2 * 60_000);
      return { status: 503, body: {} };
    };
    const renewing = entra.silent(tokenRequest({ account })).catch((reason: unknown) => reason);
    await clock.advance(10_000);
    expect(await renewing).toMatchObject({ code: "network", detail: "server_error" });
  });

  test("is not served where the sign-in was refused: the person must act", async () => {
    const { entra, clock, account, authority } = await signedIn();
    await clock.advance(57 * 60_000);
    authority.reply = () => REFUSED;
    const error: unknown = await entra.silent(tokenRequest({ account })).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "authentication_required", scopes: [GRAPH] });
    expect((error as Error).message).toContain("The token could not be renewed");
  });

  test("is served where there is no refresh token, and while it is valid only", async () => {
    const { entra, clock, account, first } = await signedIn({}, { refresh_token: undefined });
    await clock.advance(57 * 60_000);
    expect((await entra.silent(tokenRequest({ account }))).token).toBe(first.token);
    await clock.advance(4 * 60_000);
    await expect(entra.silent(tokenRequest({ account }))).rejects.toMatchObject({
      code: "authentication_required",
    });
  });

  test("is of two processes that renew at once renewed once", async () => {
    const { entra, clock, posted, account } = await signedIn();
    const other = entraOverFetch({ tokenCache });
    await clock.advance(HOUR);
    await other.clock.advance(HOUR);
    const request = tokenRequest({ account });
    const [one, two] = await Promise.all([entra.silent(request), other.entra.silent(request)]);
    expect(one.token).toBe(two.token);
    expect(posted.length + other.posted.length).toBe(2);
  });

  test("is not renewed for who was signed out while the renewal waited for its turn", async () => {
    const { account, clock } = await signedIn();
    const withLock: TokenCacheStore["withLock"] = async (key, work) => {
      await tokenCache.remove(key);
      return tokenCache.withLock(key, work);
    };
    const other = entraOverFetch({ tokenCache: { ...tokenCache, withLock } });
    await other.clock.advance(clock.now() - NOW + HOUR);
    await expect(other.entra.silent(tokenRequest({ account }))).rejects.toMatchObject({
      code: "authentication_required",
    });
    expect(other.posted).toEqual([]);
  });

  test("is renewed for the same account alone", async () => {
    const { entra, clock, account, authority } = await signedIn();
    await clock.advance(HOUR);
    authority.reply = () => ({
      body: goodAnswer({ id_token: undefined, client_info: clientInfo({ uid: "other" }) }),
    });
    await expect(entra.silent(tokenRequest({ account }))).rejects.toMatchObject({ code: "account_mismatch" });
    authority.reply = () => ({ body: goodAnswer({ id_token: undefined, client_info: undefined }) });
    expect((await entra.silent(tokenRequest({ account }))).account).toEqual(account);
  });
});

describe("nobody", () => {
  test.each([
    ["is signed in", undefined, "no_account"],
    [
      "has this account",
      { authority: "a", clientId: "c", homeAccountId: "h.t", tenantId: "t", username: "u" },
      "account_not_found",
    ],
  ])("%s: the error says so, with what is to be asked for", async (_, account, detail) => {
    const { entra, posted } = entraOverFetch();
    const claims = '{"a":1}';
    const asked = entra.silent(tokenRequest({ claims, ...(account === undefined ? {} : { account }) }));
    await expect(asked).rejects.toMatchObject({
      code: "authentication_required",
      detail,
      scopes: [GRAPH],
      claims,
    });
    expect(posted).toEqual([]);
  });

  test("of the name is there: no other steps in for it", async () => {
    const { entra } = await signedIn();
    const named = entra.silent(tokenRequest({ loginHint: "eve@contoso.test" }));
    await expect(named).rejects.toMatchObject({ detail: "no_account" });
    expect((await entra.silent(tokenRequest({ loginHint: "ana@contoso.test" }))).account.username).toBe(
      "ana@contoso.test",
    );
  });
});

test("what is odd about an answer is told as a warning", async () => {
  const { events } = await signedIn({}, { expires_in: undefined, refresh_in: undefined });
  expect(events.filter(({ type }) => type === "warning")).toMatchObject([
    { flow: "test", code: "expires_in_missing", message: expect.stringContaining("one hour") as string },
  ]);
});

describe("accounts", () => {
  test("are told with the last who signed in first, and go one by one or all", async () => {
    const { entra, clock, authority, account } = await signedIn();
    await clock.advance(1000);
    const bob = { oid: "bob", preferred_username: "bob@contoso.test" };
    authority.reply = () => ({
      body: goodAnswer({ id_token: idToken(goodClaims(bob)), client_info: clientInfo({ uid: "bob" }) }),
    });
    await entra.redeemCode(tokenRequest(), GRANT);
    const names = async (): Promise<readonly string[]> =>
      (await entra.accounts()).map(({ username }) => username);
    expect(await names()).toEqual(["bob@contoso.test", "ana@contoso.test"]);
    expect((await entra.silent(tokenRequest())).account.username).toBe("bob@contoso.test");
    expect((await entra.accountOf("ANA@contoso.test"))?.homeAccountId).toBe(account.homeAccountId);
    expect(await entra.accountOf("eve@contoso.test")).toBeUndefined();
    await entra.signOut(account);
    expect(await names()).toEqual(["bob@contoso.test"]);
    await entra.signOut();
    expect(await names()).toEqual([]);
  });

  test("are found by the hint that led to them, also after a renewal", async () => {
    const { entra, clock, account } = await signedIn({ loginHint: "countess" });
    await clock.advance(HOUR);
    await entra.silent(tokenRequest({ account }));
    expect((await entra.accountOf("Countess"))?.username).toBe("ana@contoso.test");
  });

  test("are taken over from another client in memory, and from nothing else", async () => {
    const { entra, account, first } = await signedIn({ tokenCache: undefined as never });
    const other = entraOverFetch();
    await other.entra.takeOver(account, {});
    await other.entra.takeOver({ ...account, homeAccountId: "nobody.t" }, entra);
    expect(await other.entra.accounts()).toEqual([]);
    await other.entra.takeOver(account, entra);
    expect(await other.entra.silent(tokenRequest({ account }))).toEqual(first);
    expect(other.posted).toEqual([]);
  });
});

describe("a token cache that is shared", () => {
  test("tells of sign-ins, and lets one ask at a time for one application at one authority", async () => {
    const { entra } = await signedIn();
    const other = entraOverFetch({ tokenCache, authorityHost: "https://login.windows.net" });
    const state = await entra.sharing!.state();
    expect(state).toContain("ana@contoso.test");
    expect(await other.entra.sharing!.state()).toBe(state);
    const steps: string[] = [];
    const { signal } = new AbortController();
    await Promise.all([
      entra.sharing!.alone(
        async () => steps.push("one"),
        signal,
        () => steps.push("never"),
      ),
      other.entra.sharing!.alone(
        async () => steps.push("two"),
        signal,
        () => steps.push("held"),
      ),
    ]);
    expect(steps).toEqual(["held", "one", "two"]);
  });

  test("is none where the tokens are in memory", () => {
    expect(entraOverFetch().entra.sharing).toBeUndefined();
  });

  test("lets those of two applications ask at once", async () => {
    const { entra } = entraOverFetch({ tokenCache });
    const other = entraOverFetch({ tokenCache, clientId: "22222222-2222-4222-8222-222222222222" });
    const { signal } = new AbortController();
    const waiting = new AbortController();
    const inside = (): Promise<string> =>
      other.entra.sharing!.alone(
        async () => "asked",
        waiting.signal,
        () => waiting.abort(),
      );
    expect(await entra.sharing!.alone(inside, signal, () => {})).toBe("asked");
  });

  test("is looked at before a person is asked: what somebody must mend is told, and any other fault is a warning", async () => {
    const over = (reason: Error) =>
      entraOverFetch({ tokenCache: { ...tokenCache, read: () => Promise.reject(reason) } });
    const broken = over(new Error("disk"));
    await broken.entra.checkCache();
    expect(broken.events).toMatchObject([{ type: "warning", code: "cache_unreadable" }]);
    const newer = over(new AuthenticationError({ code: "cache", what: "x", detail: "cache_version" }));
    await expect(newer.entra.checkCache()).rejects.toMatchObject({ detail: "cache_version" });
  });
});

describe("what the flow asks for itself", () => {
  test("is sent once, as the flow paces, unless it says otherwise", async () => {
    const { entra, posted, authority, clock } = entraOverFetch();
    authority.reply = () => LOST;
    await expect(entra.post(`${HOST}/x`, { a: "1" }, tokenRequest())).rejects.toMatchObject({
      code: "network",
    });
    expect(posted).toMatchObject([
      {
        url: `${HOST}/x`,
        form: { a: "1" },
        headers: { "x-client-sku": "entrada", "client-request-id": tokenRequest().correlationId },
      },
    ]);
    const repeated = entra.post(`${HOST}/x`, { a: "1" }, tokenRequest(), "safe").catch(() => {});
    await clock.advance(10_000);
    await repeated;
    expect(posted).toHaveLength(5);
  });

  test("waits where the authority asked to, unless a person asks", async () => {
    const { entra, posted, authority } = entraOverFetch();
    authority.reply = () => ({ status: 429, body: {}, headers: { "retry-after": "3600" } });
    const ask = (explicit?: boolean) =>
      entra.post(`${HOST}/x`, {}, tokenRequest(explicit === undefined ? {} : { explicit })).catch(() => {});
    await ask();
    await ask();
    await ask(false);
    expect(posted).toHaveLength(1);
    await ask(true);
    expect(posted).toHaveLength(2);
  });

  test("does not wait itself, however short the authority's wish", async () => {
    const { entra, authority, posted } = entraOverFetch();
    authority.reply = () => ({ status: 429, body: {}, headers: { "retry-after": "20" } });
    for (let times = 0; times < 2; times += 1) {
      await expect(entra.post(`${HOST}/x`, {}, tokenRequest())).rejects.toMatchObject({
        detail: "throttled",
      });
    }
    expect(posted).toMatchObject([{ method: "POST" }]);
  });

  test("the endpoints of a host of one's own, not while it wants to be left alone, unless a person asks", async () => {
    const { entra, posted, authority } = entraOverFetch({
      authorityHost: "https://login.contoso.test",
      disableInstanceDiscovery: true,
    });
    authority.reply = () => ({ status: 429, body: {}, headers: { "retry-after": "3600" } });
    for (const explicit of [undefined, undefined, false, true]) {
      const request = tokenRequest(explicit === undefined ? {} : { explicit });
      await expect(entra.metadata(request)).rejects.toMatchObject({ detail: "throttled" });
    }
    expect(posted).toHaveLength(2);
    expect(posted[0]?.headers["client-request-id"]).toBe(tokenRequest().correlationId);
  });

  test("the endpoints, the tenant's id, and whether the authority refuses the tenant", async () => {
    const { entra, posted, authority } = entraOverFetch({ tenantId: "contoso.test" });
    const request = tokenRequest({ tenantId: "contoso.test" });
    expect((await entra.metadata(request)).token_endpoint).toBe(`${HOST}/contoso.test/oauth2/v2.0/token`);
    expect(posted).toEqual([]);
    authority.reply = () => ({
      status: 400,
      body: { error: "invalid_tenant", error_description: "AADSTS90002: No." },
    });
    expect(await entra.tenantRefusal(request)).toMatchObject({
      aadsts: 90002,
      correlationId: request.correlationId,
    });
    expect(await entra.tenantRefusal(request)).toMatchObject({ aadsts: 90002 });
    expect(posted).toHaveLength(2);
    expect(await entra.tenantIdOf(request)).toBeUndefined();
    authority.reply = () => ({
      body: {
        issuer: `${HOST}/${TENANT}/v2.0`,
        authorization_endpoint: `${HOST}/a`,
        token_endpoint: `${HOST}/t`,
      },
    });
    expect(await entra.tenantIdOf(request)).toBe(TENANT);
    expect(await entra.tenantRefusal(request)).toBeUndefined();
    const asked = posted.length;
    // Once it was not refused, it is not asked again; another one is.
    expect(await entra.tenantRefusal(request)).toBeUndefined();
    expect(posted).toHaveLength(asked);
    await entra.tenantRefusal(tokenRequest({ tenantId: "other.test" }));
    expect(posted).toHaveLength(asked + 1);
  });
});

test("an authority's clock that is far off is told, in seconds", async () => {
  const { entra, events, authority } = entraOverFetch();
  authority.reply = () => ({ body: {}, headers: { date: new Date(NOW + 7_200_000).toUTCString() } });
  await entra.post(`${HOST}/x`, {}, tokenRequest());
  expect(events).toMatchObject([
    { type: "warning", code: "clock_skew", message: expect.stringContaining("by 7200 s") as string },
  ]);
});
