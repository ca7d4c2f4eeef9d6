import { exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { withEntra } from "../src/index.ts";
import { entraResourceServer, entraTokenVerifier } from "../src/server.ts";

const AUTHORITY = "https://login.example";
const TENANT = "aaaabbbb-0000-4ccc-8111-dddd2222eeee";
const OTHER_TENANT = "11112222-0000-4ccc-8111-dddd2222eeee";
const AUDIENCE = "00001111-aaaa-4222-bbbb-3333cccc4444";
const ISSUER = `${AUTHORITY}/${TENANT}/v2.0`;

interface SigningPair {
  readonly kid: string;
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];
  readonly jwk: JWK;
}

let first: SigningPair;
let second: SigningPair;
let published: SigningPair[];
let asked: string[];
let issuerInDocument: string;

beforeAll(async () => {
  first = await pair("one");
  second = await pair("two");
});
beforeEach(() => {
  published = [first];
  asked = [];
  issuerInDocument = ISSUER;
});
afterEach(() => {
  vi.useRealTimers();
});

async function pair(kid: string): Promise<SigningPair> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: "sig", alg: "RS256" } };
}

const authority = ((url: string | URL) => {
  asked.push(String(url));
  const body = String(url).endsWith("openid-configuration")
    ? { issuer: issuerInDocument, jwks_uri: `${AUTHORITY}/${TENANT}/discovery/v2.0/keys` }
    : { keys: published.map(({ jwk }) => jwk) };
  return Promise.resolve(Response.json(body));
}) as typeof fetch;

interface TokenParts {
  readonly claims?: Record<string, unknown>;
  readonly key?: SigningPair;
  readonly header?: Record<string, string>;
}

function tokenOf({ claims = {}, key = first, header = {} }: TokenParts = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const all = {
    iss: ISSUER,
    aud: AUDIENCE,
    tid: TENANT,
    exp: now + 600,
    nbf: now - 5,
    scp: "Tools.Use",
    azp: "client",
    ...claims,
  };
  const present = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new SignJWT(present)
    .setProtectedHeader({ alg: "RS256", kid: key.kid, ...header })
    .sign(key.privateKey);
}

const options = { tenantId: TENANT, audience: AUDIENCE, authorityHost: AUTHORITY, fetch: authority };

const NO_ACCESS_TOKEN = "The token is no access token for an API";

describe("a good token", () => {
  test.each<[string, TokenParts]>([
    ["of version 2", {}],
    [
      "of version 1",
      { claims: { iss: `https://sts.windows.net/${TENANT}/`, azp: undefined, appid: "client" } },
    ],
    ["for several audiences", { claims: { aud: ["somebody-else", AUDIENCE] } }],
    ["that expired within the tolerance", { claims: { exp: Math.floor(Date.now() / 1000) - 30 } }],
    ["whose tenant is in capitals", { claims: { tid: TENANT.toUpperCase() } }],
  ])("%s passes", async (_what, parts) => {
    const info = await entraTokenVerifier(options).verifyAccessToken(await tokenOf(parts));
    expect(info).toMatchObject({ clientId: "client", scopes: ["Tools.Use"], extra: { tenantId: TENANT } });
  });

  test("passes by a key that the authority has only now", async () => {
    const verifier = entraTokenVerifier(options);
    await verifier.verifyAccessToken(await tokenOf());
    published = [second];
    vi.useFakeTimers({ toFake: ["Date"] });
    // jose asks for keys at most every 30 s: a foreign token costs the authority nothing.
    vi.setSystemTime(Date.now() + 31_000);
    await expect(verifier.verifyAccessToken(await tokenOf({ key: second }))).resolves.toBeDefined();
    expect(asked.filter((url) => url.endsWith("/keys"))).toHaveLength(2);
  });
});

describe("a bad token is refused", () => {
  const later = Math.floor(Date.now() / 1000) + 3600;
  test.each<[string, TokenParts, string]>([
    ["for another audience", { claims: { aud: "somebody-else" } }, "The token is for another audience"],
    [
      "for several audiences, none of them this server's",
      { claims: { aud: ["somebody-else", `${AUDIENCE}x`] } },
      "The token is for another audience",
    ],
    [
      "of version 1, where the option names the application id alone",
      { claims: { aud: `api://${AUDIENCE}`, ver: "1.0" } },
      "The token is for another audience. It is of version 1, which names the App ID URI of the server, and not its application id",
    ],
    ["without an audience", { claims: { aud: undefined } }, "The token is for another audience"],
    [
      "of another issuer",
      { claims: { iss: `${AUTHORITY}/${OTHER_TENANT}/v2.0` } },
      "The token is of another issuer",
    ],
    [
      "of an issuer that begins alike",
      { claims: { iss: `${ISSUER}.evil` } },
      "The token is of another issuer",
    ],
    ["of another tenant", { claims: { tid: OTHER_TENANT } }, "The token is of another tenant"],
    ["without a tenant", { claims: { tid: undefined } }, "The token is of another tenant"],
    ["that has expired", { claims: { exp: later - 7200 } }, "The token has expired"],
    ["without an end", { claims: { exp: undefined } }, "A claim of the token is missing or wrong"],
    ["that is not valid yet", { claims: { nbf: later } }, "The token is not valid yet"],
    [
      "whose key nobody has published",
      { header: { kid: "unknown" } },
      "The token's signature is not the authority's",
    ],
    ["that is an id token, which names no client", { claims: { azp: undefined } }, NO_ACCESS_TOKEN],
    [
      "that is an id token with roles",
      { claims: { azp: undefined, scp: undefined, roles: ["Admin"] } },
      NO_ACCESS_TOKEN,
    ],
    ["of a program without any permission", { claims: { scp: undefined } }, NO_ACCESS_TOKEN],
    ["of a program without a role", { claims: { scp: undefined, roles: [] } }, NO_ACCESS_TOKEN],
    ["signed by another key", { header: { kid: "one" } }, "The token's signature is not the authority's"],
  ])("%s", async (what, parts, message) => {
    const key = what === "signed by another key" ? second : first;
    const token = await tokenOf({ ...parts, key });
    await expect(entraTokenVerifier(options).verifyAccessToken(token)).rejects.toMatchObject({
      errorCode: "invalid_token",
      message,
    });
  });

  test("for the application id, where the option names the App ID URI alone", async () => {
    const verifier = entraTokenVerifier({ ...options, audience: [`api://${AUDIENCE}`] });
    await expect(verifier.verifyAccessToken(await tokenOf({ claims: { ver: "2.0" } }))).rejects.toMatchObject(
      {
        message: expect.stringMatching(/It is of version 2, which names the application id/) as string,
      },
    );
    await expect(verifier.verifyAccessToken(await tokenOf())).rejects.toMatchObject({
      message: "The token is for another audience",
    });
  });

  test.each([
    ["no JSON Web Token", "not-a-token"],
    ["an empty text", ""],
    ["longer than any token", "a".repeat(40_000)],
    [
      "not signed at all",
      `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ tid: TENANT, aud: AUDIENCE, iss: ISSUER }))}.`,
    ],
  ])("that is %s", async (_what, token) => {
    await expect(entraTokenVerifier(options).verifyAccessToken(token)).rejects.toMatchObject({
      errorCode: "invalid_token",
    });
  });
});

test("an authority that names another issuer blames no token", async () => {
  issuerInDocument = "https://elsewhere.example/v2.0";
  await expect(entraTokenVerifier(options).verifyAccessToken(await tokenOf())).rejects.toMatchObject({
    errorCode: "server_error",
  });
});

test("an authority that could not be reached is asked again for the next token", async () => {
  let down = true;
  const fetch = ((url: string | URL) =>
    down ? Promise.reject(new TypeError("down")) : authority(url)) as typeof globalThis.fetch;
  const verifier = entraTokenVerifier({ ...options, fetch });
  await expect(verifier.verifyAccessToken(await tokenOf())).rejects.toMatchObject({
    errorCode: "server_error",
  });
  down = false;
  await expect(verifier.verifyAccessToken(await tokenOf())).resolves.toBeDefined();
});

test("a program's own token passes by its role", async () => {
  const token = await tokenOf({ claims: { scp: undefined, roles: ["Tools.All"] } });
  await expect(entraTokenVerifier(options).verifyAccessToken(token)).resolves.toMatchObject({ scopes: [] });
});

test.each<[string, () => Promise<string>]>([
  [
    "by the authority's public key as a password",
    async () =>
      new SignJWT({
        iss: ISSUER,
        aud: AUDIENCE,
        tid: TENANT,
        exp: 9_999_999_999,
        scp: "Tools.Use",
        azp: "client",
      })
        .setProtectedHeader({ alg: "HS256", kid: first.kid })
        .sign(new TextEncoder().encode(JSON.stringify(first.jwk))),
  ],
  [
    "by a key that it brings",
    () => tokenOf({ key: second, header: { kid: "one", jwk: second.jwk as never } }),
  ],
  [
    "by a key that it says is elsewhere",
    () => tokenOf({ key: second, header: { jku: "https://evil.example/keys" } }),
  ],
  [
    "by a certificate that it says is elsewhere",
    () => tokenOf({ key: second, header: { x5u: "https://evil.example/x" } }),
  ],
])("a token that is signed %s is refused, and nobody else is asked", async (_what, token) => {
  await expect(entraTokenVerifier(options).verifyAccessToken(await token())).rejects.toMatchObject({
    errorCode: "invalid_token",
  });
  expect(asked.filter((url) => !url.startsWith(AUTHORITY))).toEqual([]);
});

test.each<[string, () => Response | Promise<never>]>([
  ["answers 503", () => new Response("", { status: 503 })],
  ["answers with a page", () => new Response("<html>")],
  ["answers with no set of keys", () => Response.json({ keys: 5 })],
  ["cannot be reached by a transport of the caller", () => Promise.reject(new Error("own fault"))],
])("where the place of the keys %s, no token is blamed", async (_what, keys) => {
  let down = true;
  const fetch = ((url: string | URL) =>
    down && String(url).endsWith("/keys")
      ? Promise.resolve(keys())
      : authority(url)) as typeof globalThis.fetch;
  const verifier = entraTokenVerifier({ ...options, fetch });
  const token = await tokenOf();
  await expect(verifier.verifyAccessToken(token)).rejects.toMatchObject({
    errorCode: "server_error",
    message: "The authority's keys cannot be read",
  });
  down = false;
  await expect(verifier.verifyAccessToken(token)).resolves.toBeDefined();
});

test("a token that does not say which of several keys signed it is refused", async () => {
  published = [first, second];
  const token = await tokenOf({ header: { kid: undefined as never } });
  await expect(entraTokenVerifier(options).verifyAccessToken(token)).rejects.toMatchObject({
    errorCode: "invalid_token",
  });
});

test.each([
  [{ tenantId: "common" }, "tenantId"],
  [{ tenantId: [] }, "tenantId"],
  [{ audience: "" }, "audience"],
  [{ audience: undefined }, "audience"],
  [{ authorityHost: "http://login.example" }, "authorityHost"],
  [{ authorityHost: "https://login.microsoftonline.com/common" }, "authorityHost"],
  [{ authorityHost: `https://login.example/${OTHER_TENANT}` }, "tenantId"],
  [{ clockToleranceInS: -1 }, "clockToleranceInS"],
  [{ clockToleranceInS: "60" }, "clockToleranceInS"],
  [{ fetch: "fetch" }, "fetch"],
])("a wrong option is refused by name: %j", (wrong, name) => {
  expect(() => entraTokenVerifier({ ...options, ...wrong } as never)).toThrow(name);
});

test.each([
  [{ resource: "http://tools.example/mcp" }, "resource"],
  [{ scopes: [] }, "scopes"],
  [{ authenticationContexts: ["p1"] }, "authenticationContexts"],
  [{ authenticationContexts: "c1" }, 'The option "authenticationContexts" must be an array of "c1" to "c99"'],
  [{ scopes: "Tools.Use" }, "each in full"],
  [{ scopes: "/Tools.Use" }, "each in full"],
  [{ scopes: `api://${AUDIENCE}` }, "each in full"],
  [{ scopes: "https://tools.example" }, "each in full"],
  [{ scopes: "https://tools.example/" }, "each in full"],
  [{ scopes: "api://tools/" }, "each in full"],
  [{ scopes: 'api://tools/a"b' }, "each in full"],
  [{ scopes: "api://tools/a\\b" }, "each in full"],
  [{ scopes: ["api://tools/Use", "api://other/Use"] }, "all of one API"],
  [{ resourceName: 5 }, "resourceName"],
])("a wrong option of the server is refused by name: %j", (wrong, name) => {
  const right = { ...options, resource: "https://tools.example/mcp", scopes: "api://tools/Tools.Use" };
  expect(() => entraResourceServer({ ...right, ...wrong } as never)).toThrow(name);
});

test.each([
  [{ credential: {} }, "credential"],
  [{ serverUrl: "http://tools.example/mcp" }, "serverUrl"],
  [{ scopes: [] }, "scopes"],
  [{ scopes: "a b" }, "scopes"],
  [{ scopes: ["api://tools/Use", "api://other/Use"] }, "scopes"],
  [{ tenantId: "a b" }, "tenantId"],
  [{ tenantId: "" }, "tenantId"],
  [{ tenantId: 5 }, "tenantId"],
])("a wrong option of the client is refused by name: %j", (wrong, name) => {
  const right = { credential: { getToken: () => undefined }, serverUrl: "https://tools.example/mcp" };
  expect(() => withEntra(right as never)).not.toThrow();
  expect(() => withEntra({ ...right, ...wrong } as never)).toThrow(`The option "${name}" must be`);
});
