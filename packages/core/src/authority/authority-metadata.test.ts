import { describe, expect, it } from "vitest";
import { json, sequence, type Handler, type HttpsMock } from "../../test/http/https-mock.ts";
import { MOCK_CERTIFICATE, mockForTest } from "../../test/http/mock-for-test.ts";
import { systemClock } from "../clock.ts";
import { AuthorityClient } from "./authority-client.ts";
import type { HttpTransport } from "../http/http-transport.ts";
import { nodeHttpsTransport } from "../http/node-https-transport.ts";
import { AuthorityDirectory } from "./authority-metadata.ts";
import type { AuthorityDirectorySettings, AuthorityMetadata, MetadataOptions } from "./authority-metadata.ts";

const TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const OTHER = "bbbbcccc-1111-dddd-2222-eeee3333ffff";

/** An authority that tells its own endpoints, with changes. */
async function authority(changes: (origin: string) => object = () => ({})): Promise<HttpsMock> {
  const server: HttpsMock = await mockForTest((_, response) =>
    json(response, 200, { ...documentOf(server.origin), ...changes(server.origin) }),
  );
  return server;
}

function documentOf(origin: string, tenant = TENANT): Record<string, string> {
  return {
    issuer: `${origin}/{tenantid}/v2.0`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/devicecode`,
  };
}

function clientOver(transport: HttpTransport): AuthorityClient {
  return new AuthorityClient({ transport, clock: systemClock, requestTimeoutInMs: 30_000, random: () => 0 });
}

function directoryOf(
  server: Pick<HttpsMock, "origin">,
  settings: Partial<AuthorityDirectorySettings> = {},
): AuthorityDirectory {
  const client = clientOver(nodeHttpsTransport({ ca: MOCK_CERTIFICATE.cert, env: {} }));
  return new AuthorityDirectory({ client, authorityHost: server.origin, ...settings });
}

/** A client that must not be used. */
const unused = clientOver(() => Promise.reject(new Error("a request was made")));

function options(signal: AbortSignal = new AbortController().signal): MetadataOptions {
  return { signal, correlationId: "c-1" };
}

const reason = (error: unknown): unknown => error;

describe("a cloud of Microsoft", () => {
  it.each([
    ["https://login.microsoftonline.com", "login.microsoftonline.com"],
    ["https://login.windows.net", "login.microsoftonline.com"],
    ["https://login.microsoftonline.us", "login.microsoftonline.us"],
    ["https://login.chinacloudapi.cn", "login.partner.microsoftonline.cn"],
  ])("%s needs no request", async (authorityHost, issuer) => {
    const metadata = await new AuthorityDirectory({ client: unused, authorityHost }).metadata(
      "Contoso.test",
      options(),
    );
    expect(metadata).toEqual({
      issuer: `https://${issuer}/{tenantid}/v2.0`,
      authorization_endpoint: `${authorityHost}/contoso.test/oauth2/v2.0/authorize`,
      token_endpoint: `${authorityHost}/contoso.test/oauth2/v2.0/token`,
      device_authorization_endpoint: `${authorityHost}/contoso.test/oauth2/v2.0/devicecode`,
      jwks_uri: `${authorityHost}/contoso.test/discovery/v2.0/keys`,
      end_session_endpoint: `${authorityHost}/contoso.test/oauth2/v2.0/logout`,
    });
  });

  it("is still left alone when the call is aborted before", async () => {
    const directory = new AuthorityDirectory({
      client: unused,
      authorityHost: "https://login.microsoftonline.com",
    });
    const work = directory.metadata("common", options(AbortSignal.abort("enough")));
    expect(await work.catch(reason)).toMatchObject({ name: "AbortError", cause: "enough" });
  });
});

describe("another authority", () => {
  it("is asked once per tenant", async () => {
    const server = await authority();
    const directory = directoryOf(server);
    const first = await directory.metadata(TENANT, options());
    expect(first).toEqual(documentOf(server.origin));
    expect(await directory.metadata(TENANT.toUpperCase(), options())).toBe(first);
    await directory.metadata("common", options());
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /${TENANT}/v2.0/.well-known/openid-configuration`,
      "GET /common/v2.0/.well-known/openid-configuration",
    ]);
  });

  it("of ADFS has no version in its path", async () => {
    const server = await authority((origin) => ({ issuer: `${origin}/adfs` }));
    await directoryOf(server).metadata("adfs", options());
    expect(server.received[0]?.path).toBe("/adfs/.well-known/openid-configuration");
  });

  it("may have more to tell, which is kept, and less, which is filled in", async () => {
    const server = await authority((origin) => ({
      device_authorization_endpoint: undefined,
      jwks_uri: `${origin}/keys`,
      end_session_endpoint: `${origin}/logout`,
      authorization_response_iss_parameter_supported: true,
      __proto__: { polluted: true },
      unknown: 1,
    }));
    expect(await directoryOf(server).metadata("common", options())).toEqual({
      ...documentOf(server.origin),
      device_authorization_endpoint: `${server.origin}/common/oauth2/v2.0/devicecode`,
      jwks_uri: `${server.origin}/keys`,
      end_session_endpoint: `${server.origin}/logout`,
      authorization_response_iss_parameter_supported: true,
    });
  });

  it("is asked again after a failure", async () => {
    const server: HttpsMock = await mockForTest(
      sequence(
        (_, response) =>
          json(response, 400, { error: "invalid_tenant", error_description: "AADSTS90002: No." }),
        (_, response) => json(response, 200, documentOf(server.origin)),
      ),
    );
    const directory = directoryOf(server);
    expect(await directory.metadata(TENANT, options()).catch(reason)).toMatchObject({
      code: "service",
      detail: "invalid_tenant",
      aadsts: 90002,
      correlationId: "c-1",
    });
    expect(await directory.metadata(TENANT, options())).toEqual(documentOf(server.origin));
  });

  it("is asked again when it is unwell, as discovery may be repeated", async () => {
    const server: HttpsMock = await mockForTest(
      sequence(
        (_, response) => response.writeHead(502).end(),
        ({ raw }) => raw.socket.destroy(),
        (_, response) => json(response, 200, documentOf(server.origin)),
      ),
    );
    expect(await directoryOf(server).metadata(TENANT, options())).toEqual(documentOf(server.origin));
  });
});

describe("a document that is refused", () => {
  const refused = async (server: HttpsMock, tenant = TENANT): Promise<unknown> =>
    directoryOf(server).metadata(tenant, options()).catch(reason);

  it.each([
    undefined,
    null,
    "",
    5,
    {},
    ["x"],
    "https://login.contoso.test/{tenantid}/v2.0",
    "http://localhost/{tenantid}/v2.0",
    "not a url",
  ])("A22: for its issuer %o", async (issuer) => {
    const server = await authority(() => ({ issuer }));
    expect(await refused(server)).toMatchObject({
      code: "invalid_response",
      detail: "issuer_mismatch",
      retryable: false,
      correlationId: "c-1",
    });
  });

  it("A22: for an issuer on another port, with a user, or of another tenant", async () => {
    for (const change of [
      () => "https://localhost:1/{tenantid}/v2.0",
      (origin: string) => `${origin.replace("https://", "https://user@")}/{tenantid}/v2.0`,
      (origin: string) => `${origin}/${OTHER}/v2.0`,
    ]) {
      const server = await authority((origin) => ({ issuer: change(origin) }));
      expect(await refused(server)).toMatchObject({ detail: "issuer_mismatch" });
    }
  });

  it.each([
    ["common", OTHER],
    ["contoso.test", OTHER],
    [TENANT, TENANT.toUpperCase()],
  ])("but not when %s is issued by %s", async (tenant, issuing) => {
    const server = await authority((origin) => ({ issuer: `${origin}/${issuing}/v2.0` }));
    expect(await directoryOf(server).metadata(tenant, options())).toMatchObject({
      issuer: `${server.origin}/${issuing}/v2.0`,
    });
  });

  const REQUIRED = ["authorization_endpoint", "token_endpoint"] as const;
  const OPTIONAL = ["device_authorization_endpoint", "jwks_uri", "end_session_endpoint"] as const;
  const values = [
    null,
    "",
    5,
    true,
    {},
    [],
    ["https://localhost/"],
    "not a url",
    "/relative",
    "//localhost/x",
  ];
  const schemes = [
    "file:///etc/passwd",
    "javascript:alert(1)",
    "ms-settings:",
    "ftp://localhost/",
    "data:text/html,x",
  ];
  const rows = [...REQUIRED, ...OPTIONAL].flatMap((field) =>
    [...values, ...schemes].map((value): [string, unknown] => [field, value]),
  );
  it.each([...rows, ...REQUIRED.map((field): [string, unknown] => [field, undefined])])(
    "A24, B1, B3: for its %s %o",
    async (field, value) => {
      const server = await authority(() => ({ [field]: value }));
      expect(await refused(server)).toMatchObject({
        code: "invalid_response",
        detail: "endpoint_not_allowed",
      });
    },
  );

  it.each([...REQUIRED, ...OPTIONAL])(
    "A23, B2: for a %s elsewhere, to which nothing is sent",
    async (field) => {
      const other = await mockForTest((_, response) => json(response, 200, {}));
      const elsewhere = [
        () => `${other.origin}/token`,
        (origin: string) => origin.replace("https:", "http:"),
        (origin: string) => origin.replace("localhost", "127.0.0.1"),
        (origin: string) => origin.replace("localhost", "localhost.contoso.test"),
        (origin: string) => `${origin.replace("https://", "https://user:pass@")}/token`,
        (origin: string) => `${origin}@contoso.test/token`,
        (origin: string) => `${origin}/token#fragment`,
        (origin: string) => `${origin}/${"x".repeat(3000)}`,
      ];
      for (const place of elsewhere) {
        const server = await authority((origin) => ({ [field]: place(origin) }));
        const error = await refused(server);
        expect(error).toMatchObject({ code: "invalid_response", detail: "endpoint_not_allowed" });
        expect((error as Error).message).toContain(field);
        expect((error as Error).message).not.toContain("contoso.test");
        expect(server.received).toHaveLength(1);
      }
      expect(other.received).toHaveLength(0);
    },
  );

  it.each([404, 403])("for the status %i without a reason", async (status) => {
    const server = await mockForTest((_, response) => json(response, status, {}));
    expect(await refused(server)).toMatchObject({ code: "invalid_response", detail: "unexpected_status" });
  });
});

describe("callers that wait together", () => {
  /** An authority that answers when it is told to. */
  async function held(): Promise<{
    server: HttpsMock;
    arrived: Promise<void>;
    release: () => void;
    gone: Promise<void>;
  }> {
    let release = (): void => undefined;
    let arrive = (): void => undefined;
    let leave = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const gone = new Promise<void>((resolve) => (leave = resolve));
    const server: HttpsMock = await mockForTest(({ raw }, response) => {
      raw.socket.once("close", leave);
      release = () => json(response, 200, documentOf(server.origin));
      arrive();
    });
    return { server, arrived, release: () => release(), gone };
  }

  it("P1: make one request", async () => {
    const { server, arrived, release } = await held();
    const directory = directoryOf(server);
    const all = Promise.all(Array.from({ length: 100 }, () => directory.metadata(TENANT, options())));
    await arrived;
    release();
    expect(new Set(await all).size).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  it("P4: do not end for the others when one of them leaves", async () => {
    const { server, arrived, release } = await held();
    const directory = directoryOf(server);
    const controller = new AbortController();
    const leaving = directory.metadata(TENANT, options(controller.signal)).catch(reason);
    const staying = directory.metadata(TENANT, options());
    await arrived;
    controller.abort("enough");
    expect(await leaving).toMatchObject({ name: "AbortError", cause: "enough" });
    release();
    expect(await staying).toEqual(documentOf(server.origin));
    expect(server.received).toHaveLength(1);
  });

  it("P4: end the request when the last one leaves, and whoever comes next starts anew", async () => {
    const { server, arrived, release, gone } = await held();
    const directory = directoryOf(server);
    const controllers = [new AbortController(), new AbortController()];
    const leaving = controllers.map(({ signal }) =>
      directory.metadata(TENANT, options(signal)).catch(reason),
    );
    await arrived;
    controllers.forEach((controller) => controller.abort());
    for (const each of leaving) expect(await each).toMatchObject({ name: "AbortError" });
    const next = directory.metadata(TENANT, options());
    await gone;
    while (server.received.length < 2) await new Promise<void>((resolve) => void setImmediate(resolve));
    release();
    expect(await next).toEqual(documentOf(server.origin));
  });
});

describe("P14: External ID", () => {
  const ISSUER = `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`;

  /** Answers as the tenant's document at any host; knows no instance. */
  async function ask(
    authorityHost: string,
    tenant: string,
    changes: object = {},
  ): Promise<{ meant: string[]; result: unknown }> {
    const meant: string[] = [];
    const server = await mockForTest(({ path }, response) =>
      path.startsWith("/common/discovery/instance")
        ? json(response, 400, { error: "invalid_instance" })
        : json(response, 200, { ...documentOf(authorityHost, tenant), issuer: ISSUER, ...changes }),
    );
    const real = nodeHttpsTransport({ ca: MOCK_CERTIFICATE.cert, env: {} });
    const client = clientOver((request) => {
      const { host, pathname, search } = new URL(request.url);
      meant.push(host + pathname);
      return real({ ...request, url: `${server.origin}${pathname}${search}` });
    });
    const directory = new AuthorityDirectory({ client, authorityHost });
    return { meant, result: await directory.metadata(tenant, options()).catch(reason) };
  }

  it.each([
    ["https://contoso.ciamlogin.com", TENANT],
    ["https://contoso.ciamlogin.com", "contoso.onmicrosoft.com"],
    [`https://${TENANT}.ciamlogin.com`, TENANT],
    ["https://login.contoso.test", TENANT],
    ["https://login.contoso.test", "contoso.onmicrosoft.com"],
  ])("%s/%s is asked itself, and nobody else", async (authorityHost, tenant) => {
    const { meant, result } = await ask(authorityHost, tenant);
    expect(result).toEqual({ ...documentOf(authorityHost, tenant), issuer: ISSUER });
    expect(meant).toEqual([`${new URL(authorityHost).host}/${tenant}/v2.0/.well-known/openid-configuration`]);
  });

  it.each([
    `https://${OTHER}.ciamlogin.com/${OTHER}/v2.0`,
    `https://${OTHER}.ciamlogin.com/${TENANT}/v2.0`,
    `https://${TENANT}.ciamlogin.com/${OTHER}/v2.0`,
    `https://${TENANT}.ciamlogin.com/${TENANT}`,
    `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0/`,
    `https://${TENANT}.ciamlogin.com.evil.test/${TENANT}/v2.0`,
    `https://${TENANT}.ciamlogin.com@evil.test/${TENANT}/v2.0`,
    `http://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
    `https://fabrikam.ciamlogin.com/${TENANT}/v2.0`,
    `https://login.microsoftonline.com/${TENANT}/v2.0`,
  ])("has no other issuer: %s", async (issuer) => {
    const { result } = await ask("https://contoso.ciamlogin.com", TENANT, { issuer });
    expect(result).toMatchObject({ code: "invalid_response", detail: "issuer_mismatch" });
  });

  it.each(["authorization_endpoint", "token_endpoint", "device_authorization_endpoint"])(
    "sends nobody to a %s on another host",
    async (field) => {
      const { result } = await ask("https://contoso.ciamlogin.com", TENANT, {
        [field]: `https://fabrikam.ciamlogin.com/${TENANT}/oauth2/v2.0/x`,
      });
      expect(result).toMatchObject({ detail: "endpoint_not_allowed" });
    },
  );

  it.each([
    ["organizations", {}],
    [TENANT, { issuer: `https://${OTHER}.ciamlogin.com/${OTHER}/v2.0` }],
    [TENANT, { issuer: `https://login.contoso.test/${TENANT}/v2.0` }],
    [TENANT, { error: "invalid_request" }],
  ])("a host that nobody knows is no domain of the tenant %s when it says %o", async (tenant, changes) => {
    const { meant, result } = await ask("https://login.contoso.test", tenant, changes);
    expect(result).toMatchObject({ code: "service", detail: "invalid_instance" });
    expect(meant.at(-1)).toBe("login.microsoftonline.com/common/discovery/instance");
  });
});

describe("P15: AD FS", () => {
  const HOST = "https://fs.contoso.test";
  const DOCUMENT = {
    issuer: `${HOST}/adfs`,
    authorization_endpoint: `${HOST}/adfs/oauth2/authorize/`,
    token_endpoint: `${HOST}/adfs/oauth2/token/`,
  };

  it("is asked itself, and nobody else, and its paths have no version", async () => {
    const server = await mockForTest((_, response) => json(response, 200, DOCUMENT));
    const real = nodeHttpsTransport({ ca: MOCK_CERTIFICATE.cert, env: {} });
    const meant: string[] = [];
    const client = clientOver((request) => {
      meant.push(request.url);
      return real({ ...request, url: server.origin + new URL(request.url).pathname });
    });
    const directory = new AuthorityDirectory({ client, authorityHost: HOST });
    expect(await directory.metadata("adfs", options())).toEqual({
      ...DOCUMENT,
      device_authorization_endpoint: `${HOST}/adfs/oauth2/devicecode`,
    });
    expect(meant).toEqual([`${HOST}/adfs/.well-known/openid-configuration`]);
  });

  it("is no tenant of External ID", async () => {
    const issuer = `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`;
    const server = await authority(() => ({ issuer }));
    expect(await directoryOf(server).metadata("adfs", options()).catch(reason)).toMatchObject({
      detail: "issuer_mismatch",
    });
  });
});

describe("instance discovery", () => {
  /** A transport that leads every host to one server, and notes where requests were meant to go. */
  function ledTo(server: HttpsMock): { transport: HttpTransport; meant: URL[] } {
    const real = nodeHttpsTransport({ ca: MOCK_CERTIFICATE.cert, env: {} });
    const meant: URL[] = [];
    const transport: HttpTransport = (request) => {
      const url = new URL(request.url);
      meant.push(url);
      return real({ ...request, url: `${server.origin}${url.pathname}${url.search}` });
    };
    return { transport, meant };
  }

  const PRIVATE = "https://login.contoso.test";
  const known: Handler = ({ path }, response) =>
    path.startsWith("/common/discovery/instance")
      ? json(response, 200, { tenant_discovery_endpoint: "https://elsewhere.test/", metadata: [] })
      : json(response, 200, documentOf(PRIVATE));

  async function ask(
    handler: Handler,
    settings: Partial<AuthorityDirectorySettings> = {},
  ): Promise<{ meant: URL[]; result: unknown }> {
    const { transport, meant } = ledTo(await mockForTest(handler));
    const directory = new AuthorityDirectory({
      client: clientOver(transport),
      authorityHost: PRIVATE,
      ...settings,
    });
    const result: unknown = await directory.metadata(TENANT, options()).catch(reason);
    return { meant, result };
  }

  it("asks the public cloud about a host that nobody knows, once", async () => {
    const { transport, meant } = ledTo(await mockForTest(known));
    const directory = new AuthorityDirectory({ client: clientOver(transport), authorityHost: PRIVATE });
    const metadata: AuthorityMetadata = await directory.metadata(TENANT, options());
    await directory.metadata("common", options());
    expect(metadata.token_endpoint).toBe(`${PRIVATE}/${TENANT}/oauth2/v2.0/token`);
    // The first question: is it a domain of an External ID tenant? No one else is asked about those.
    expect(meant.map(({ host }) => host)).toEqual([
      "login.contoso.test",
      "login.microsoftonline.com",
      "login.contoso.test",
      "login.contoso.test",
    ]);
    expect(Object.fromEntries(meant[1]?.searchParams ?? [])).toEqual({
      "api-version": "1.1",
      authorization_endpoint: `${PRIVATE}/${TENANT}/oauth2/v2.0/authorize`,
    });
  });

  it("is not needed for a known cloud, whose own documents still have to be on its hosts", async () => {
    const authorityHost = "https://login.microsoftonline.com";
    const document = documentOf("https://login.windows.net");
    const directory = async (changes: object): Promise<unknown> => {
      const { transport, meant } = ledTo(
        await mockForTest((_, response) => json(response, 200, { ...document, ...changes })),
      );
      const asked = new AuthorityDirectory({ client: clientOver(transport), authorityHost });
      const result: unknown = await asked.metadata("adfs", options()).catch(reason);
      expect(meant.map(({ href }) => href)).toEqual([
        `${authorityHost}/adfs/.well-known/openid-configuration`,
      ]);
      return result;
    };
    expect(await directory({})).toMatchObject(document);
    for (const token_endpoint of [
      "http://login.windows.net/t",
      "https://login.windows.net:8443/t",
      "https://x.windows.net/t",
    ]) {
      expect(await directory({ token_endpoint })).toMatchObject({ detail: "endpoint_not_allowed" });
    }
  });

  it("does not when it is switched off", async () => {
    const { meant, result } = await ask(known, { disableInstanceDiscovery: true });
    expect(result).toMatchObject({ issuer: `${PRIVATE}/{tenantid}/v2.0` });
    expect(meant.map(({ host }) => host)).toEqual(["login.contoso.test"]);
  });

  it.each([
    [400, { error: "invalid_instance", error_description: "AADSTS50049: Unknown or invalid instance." }],
    [200, { error: "invalid_instance" }],
    [404, {}],
  ])("an answer %i %o ends the call and says what to set", async (status, body) => {
    const { meant, result } = await ask((_, response) => json(response, status, body));
    expect(result).toMatchObject({ code: "service", detail: "invalid_instance", correlationId: "c-1" });
    expect((result as Error).message).toContain("disableInstanceDiscovery");
    expect((result as Error).message).toContain(PRIVATE);
    expect(meant).toHaveLength(2);
  });

  it("a fault of the network says what to set, too", async () => {
    const { result } = await ask(({ raw }) => raw.socket.destroy());
    expect(result).toMatchObject({
      code: "network",
      detail: "connection_lost",
      retryable: true,
      cause: { code: "ECONNRESET" },
    });
    expect((result as Error).message).toContain("disableInstanceDiscovery");
  });
});
