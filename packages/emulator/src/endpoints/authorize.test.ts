import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../index.ts";
import { authorize, authorizePath, CHALLENGE, send } from "../../test/raw-client.ts";

const CONSENT = "b1d5c0aa-31f8-4b0e-9a57-2f4c6d8e0a11";
const SINGLE = "c2e6d1bb-42a9-4c1f-8b68-3a5d7e9f1b22";
const PERSONAL = "d3f7e2cc-53ba-4d20-9c79-4b6e8fa02c33";
const WORK = "e4a8f3dd-64cb-4e31-8d8a-5c7f9ab13d44";
const MFA_TENANT = "0e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    tenants: [
      { id: MFA_TENANT, domain: "strict.example", displayName: "Strict", policies: [{ require: "mfa" }] },
      {
        id: "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10",
        domain: "contoso.example",
        displayName: "Contoso",
        policies: [
          { require: "block", resource: "https://vault.azure.net", accounts: ["ada@contoso.example"] },
          { require: "mfa", resource: "https://storage.azure.com", flow: "deviceCode" },
        ],
      },
    ],
    accounts: [
      {
        username: "lise@strict.example",
        displayName: "Lise M",
        objectId: "11111111-0000-4000-8000-000000000001",
        tenantId: MFA_TENANT,
      },
      {
        username: "gone@contoso.example",
        displayName: "Gone",
        objectId: "11111111-0000-4000-8000-000000000002",
        tenantId: "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10",
        disabled: true,
      },
    ],
    applications: [
      { clientId: CONSENT, name: "Asks", redirectUris: ["http://localhost"], consent: "required" },
      {
        clientId: SINGLE,
        name: "Single",
        audience: "singleTenant",
        tenantId: "5f0c7a52-1a3e-4d6b-9c41-0d5e2b7a8f10",
        redirectUris: ["http://localhost/app", "https://app.example/back"],
      },
      { clientId: PERSONAL, name: "Personal", audience: "personal", redirectUris: ["http://localhost"] },
      { clientId: WORK, name: "Work", audience: "anyOrganization", redirectUris: ["http://localhost"] },
    ],
  });
});
afterEach(() => emulator.person.settled());
afterAll(() => emulator[Symbol.asyncDispose]());

const open = (changes: Record<string, string> = {}, tenant?: string) =>
  send(emulator, authorizePath(emulator, changes, tenant));

describe("errors before the redirect URI is known stay on a page", () => {
  test.each([
    ["unknown client", { client_id: "99999999-9999-4999-8999-999999999999" }, "organizations", 700016],
    ["no client", { client_id: "" }, "organizations", 900144],
    ["no redirect URI", { redirect_uri: "" }, "organizations", 900144],
    ["redirect to another host", { redirect_uri: "http://elsewhere.example" }, "organizations", 50011],
    ["redirect with another path", { redirect_uri: "http://localhost:1/other" }, "organizations", 50011],
    ["redirect over https", { redirect_uri: "https://localhost:1" }, "organizations", 50011],
    ["redirect to 127.0.0.1 for localhost", { redirect_uri: "http://127.0.0.1:1" }, "organizations", 50011],
    ["redirect with a fragment", { redirect_uri: "http://localhost:1#x" }, "organizations", 50011],
    ...["/x/..", "/%2e", "/./", "\\", "\t", "\n", "?", " "].map(
      (end): [string, Record<string, string>, string, number] => [
        `redirect that is another text, ${JSON.stringify(end)}`,
        { redirect_uri: `http://localhost:1${end}` },
        "organizations",
        50011,
      ],
    ),
    ["redirect with a broken host", { redirect_uri: "http://local\nhost:1" }, "organizations", 50011],
    ["redirect with backslashes", { redirect_uri: "http:\\\\localhost:1" }, "organizations", 50011],
    ["redirect with a user", { redirect_uri: "http://a@localhost:1" }, "organizations", 50011],
    ["response mode", { response_mode: "web_message" }, "organizations", 70007],
    ["unknown tenant", {}, "nowhere.example", 90002],
    [
      "single tenant at organizations",
      { client_id: SINGLE, redirect_uri: "http://localhost:1/app" },
      "organizations",
      50194,
    ],
    [
      "single tenant at another tenant",
      { client_id: SINGLE, redirect_uri: "http://localhost:1/app" },
      "fabrikam.example",
      700016,
    ],
    ["personal application for work accounts", { client_id: PERSONAL }, "organizations", 9002331],
    ["work application for personal accounts", { client_id: WORK }, "consumers", 9002332],
  ])("%s", async (_, changes, tenant, number) => {
    const answer = await open(changes, tenant);
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.headers.location).toBeUndefined();
    expect(answer.text).toContain(`AADSTS${number}:`);
    expect(answer.text).toMatch(
      /Trace ID: [\da-f-]{36} Correlation ID: [\da-f-]{36} Timestamp: [\d-]+ [\d:]+Z/,
    );
  });
});

describe("errors after it go to the application", () => {
  test.each([
    ["no response type", { response_type: "" }, "invalid_request", 900144],
    ["id token", { response_type: "id_token" }, "unsupported_response_type", 70005],
    ["no scope", { scope: "" }, "invalid_request", 900144],
    ["scope without sense", { scope: "https://management.azure.com/<x>" }, "invalid_scope", 70011],
    ["unknown permission", { scope: "https://graph.microsoft.com/Nothing.Known" }, "invalid_client", 650053],
    [
      "two resources",
      { scope: "https://management.azure.com/.default https://vault.azure.net/.default" },
      "invalid_request",
      28000,
    ],
    ["unknown resource", { scope: "https://nothing.example/.default" }, "invalid_resource", 500011],
    ["no code challenge", { code_challenge: "" }, "invalid_request", 50147],
    ["plain code challenge", { code_challenge_method: "plain" }, "invalid_request", 50149],
    ["no code challenge method", { code_challenge_method: "" }, "invalid_request", 50149],
    ["short code challenge", { code_challenge: CHALLENGE.slice(1) }, "invalid_request", 501491],
    ["claims that are no JSON", { claims: "{" }, "invalid_request", 9002313],
    ["nobody signed in, no prompt allowed", { prompt: "none" }, "login_required", 50058],
    ["a prompt that there is not", { prompt: "whenever" }, "invalid_request", 90023],
    ["no prompt and a prompt", { prompt: "none login" }, "invalid_request", 90023],
  ])("%s", async (_, changes, error, number) => {
    const { status, headers } = await open({ response_mode: "query", ...changes });
    expect(status).toBe(302);
    const to = new URL(headers.location ?? "");
    expect(to.origin).toBe("http://localhost:65000");
    expect(to.searchParams.get("error")).toBe(error);
    expect(to.searchParams.get("error_description")).toContain(`AADSTS${number}:`);
    expect(to.searchParams.get("state")).toBe("state-of-the-client");
    expect(to.searchParams.has("code")).toBe(false);
  });

  test.each(["response_type", "scope", "nonce", "prompt", "claims", "login_hint", "code_challenge"])(
    "%s given twice",
    async (name) => {
      const given = { prompt: "login", claims: "{}", login_hint: "ada@contoso.example" };
      const path = authorizePath(emulator, { response_mode: "query", ...given });
      const value = new URLSearchParams(path.split("?")[1]).get(name) ?? "";
      const { headers } = await send(
        emulator,
        `${path}&${new URLSearchParams({ [name]: value }).toString()}`,
      );
      const to = new URL(headers.location ?? "");
      expect(to.searchParams.get("error")).toBe("invalid_request");
      expect(to.searchParams.get("error_description")).toContain("AADSTS9000411:");
    },
  );
});

test.each(["client_id", "redirect_uri", "response_mode", "state"])(
  "%s given twice leaves open where an answer goes, and stays on a page",
  async (name) => {
    const path = authorizePath(emulator);
    const value = new URLSearchParams(path.split("?")[1]).get(name) ?? "";
    const answer = await send(emulator, `${path}&${new URLSearchParams({ [name]: value }).toString()}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.text).toContain("AADSTS9000411:");
  },
);

describe("a person signs in", () => {
  test("form_post brings code, state, client_info and session_state, and no more", async () => {
    const { answer } = await authorize(emulator);
    expect([...answer.keys()].toSorted()).toEqual(["client_info", "code", "session_state", "state"]);
    expect(answer.get("state")).toBe("state-of-the-client");
    const home = JSON.parse(Buffer.from(answer.get("client_info") ?? "", "base64url").toString());
    const { account } = emulator.defaults;
    expect(home).toEqual({ uid: account.objectId, utid: account.tenantId });
  });

  test("query brings the same by GET", async () => {
    const { answer } = await authorize(emulator, { response_mode: "query" });
    expect(answer.get("code")).toMatch(/^0\.A[\w-]{86}$/);
  });

  test("the state comes back unchanged, whatever is in it", async () => {
    const state = `"><script>&amp;' ü`;
    expect((await authorize(emulator, { state })).answer.get("state")).toBe(state);
  });

  test("declining is told as access_denied", async () => {
    emulator.person.script({ action: "decline" });
    const { answer } = await authorize(emulator);
    expect(answer.get("error")).toBe("access_denied");
    expect(answer.get("error_description")).toContain("AADSTS65004:");
    expect(answer.get("state")).toBe("state-of-the-client");
  });

  test("consent is asked for once, and declining it is told", async () => {
    emulator.person.script({ action: "decline", account: "grace@contoso.example" });
    expect((await authorize(emulator, { client_id: CONSENT })).answer.get("error")).toBe("access_denied");
    const before = emulator.count("signin");
    emulator.person.script(
      { action: "approve", account: "grace@contoso.example" },
      { action: "approve", account: "grace@contoso.example" },
    );
    expect((await authorize(emulator, { client_id: CONSENT })).answer.has("code")).toBe(true);
    expect(emulator.count("signin") - before).toBe(2);
    expect((await authorize(emulator, { client_id: CONSENT })).answer.has("code")).toBe(true);
    expect(emulator.count("signin") - before).toBe(3);
  });

  test.each([
    ["a stranger to the tenant", "ada@contoso.example", "fabrikam.example", 50020],
    ["an account that does not exist", "nobody@contoso.example", "organizations", 50034],
    ["a personal account at a work endpoint", "sophie@mail.example", "organizations", 500208],
    ["a disabled account", "gone@contoso.example", "organizations", 50057],
  ])(
    "%s is refused on the page, and the application told when the person goes back",
    async (_, account, tenant, number) => {
      emulator.person.script({ action: "approve", account });
      const { answer } = await authorize(emulator, {}, tenant);
      expect(answer.get("error")).toBe("access_denied");
      expect(answer.get("error_description")).toContain(`AADSTS${number}:`);
      expect(emulator.person.visits.at(-1)?.outcome).toBe("refused");
    },
  );

  test("a second factor for device codes alone is not asked for here", async () => {
    const before = emulator.count("signin");
    const scope = "https://storage.azure.com/.default";
    expect((await authorize(emulator, { scope })).answer.has("code")).toBe(true);
    expect(emulator.count("signin") - before).toBe(1);
  });

  test("consent and a second factor are the account's: another one is asked again", async () => {
    const claims = JSON.stringify({ access_token: { capolids: { essential: true, values: ["x"] } } });
    const asked = { client_id: CONSENT, scope: "https://vault.azure.net/.default", claims };
    let { text } = await open(asked);
    const press = async (fields: Record<string, string>) => {
      const id = /name="sign_in"\s+value="([^"]+)"/.exec(text)?.[1] ?? "";
      text = (await send(emulator, "/organizations/signin", { form: { sign_in: id, ...fields } })).text;
      return text;
    };
    await press({ action: "pick", account: "ada@contoso.example" });
    await press({ action: "confirm" });
    expect(await press({ action: "approve" })).toContain("AADSTS53003");
    await press({ action: "back" });
    expect(await press({ action: "pick", account: "grace@contoso.example" })).toContain(
      "Confirm that it is you",
    );
    expect(await press({ action: "confirm" })).toContain("Allow this application?");
  });

  test("a tenant that wants a second factor gets it", async () => {
    const before = emulator.count("signin");
    emulator.person.script({ action: "approve", account: "lise@strict.example" });
    expect((await authorize(emulator)).answer.has("code")).toBe(true);
    expect(emulator.count("signin") - before).toBe(2);
  });
});

describe("single sign-on", () => {
  async function signedInBrowser(username: string, cookie = ""): Promise<string> {
    const page = await send(emulator, authorizePath(emulator, { prompt: "select_account" }), {
      headers: { cookie },
    });
    const id = /name="sign_in"\s+value="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const form = { sign_in: id, action: "pick", account: username };
    const { headers } = await send(emulator, "/organizations/signin", { form, headers: { cookie } });
    const set = headers["set-cookie"]?.[0] ?? "";
    expect(set).toMatch(/Path=\/; Secure; HttpOnly; SameSite=Lax/);
    return set.split(";")[0] ?? "";
  }
  const openAs = (cookie: string, changes: Record<string, string>) =>
    send(emulator, authorizePath(emulator, { response_mode: "query", ...changes }), { headers: { cookie } });
  const errorOf = (location: string | undefined) => new URL(location ?? "").searchParams.get("error");

  test("a signed-in browser goes straight through, unless the prompt forbids it", async () => {
    const cookie = await signedInBrowser("ada@contoso.example");
    for (const prompt of ["", "none"]) {
      const { headers } = await openAs(cookie, { prompt });
      expect(new URL(headers.location ?? "").searchParams.has("code")).toBe(true);
    }
    for (const prompt of ["login", "select_account"])
      expect((await openAs(cookie, { prompt })).text).toContain("Choose an account");
    expect((await openAs(cookie, { prompt: "consent" })).text).toContain("Allow this application?");
  });

  test("prompt=none answers with what is missing", async () => {
    const one = await signedInBrowser("ada@contoso.example");
    expect(
      errorOf((await openAs(one, { prompt: "none", login_hint: "mary@fabrikam.example" })).headers.location),
    ).toBe("login_required");
    const consent = await openAs(one, { prompt: "none", client_id: CONSENT });
    expect(errorOf(consent.headers.location)).toBe("consent_required");
    const claims = JSON.stringify({ access_token: { capolids: { essential: true, values: ["x"] } } });
    const factor = await openAs(one, { prompt: "none", claims });
    expect(errorOf(factor.headers.location)).toBe("interaction_required");
    const barred = await openAs(one, { prompt: "none", scope: "https://vault.azure.net/.default" });
    expect(errorOf(barred.headers.location)).toBe("interaction_required");
    expect(new URL(barred.headers.location ?? "").searchParams.get("claims")).toContain("capolids");
    const two = await signedInBrowser("mary@fabrikam.example", one);
    const { headers } = await openAs(two, { prompt: "none" });
    expect(errorOf(headers.location)).toBe("interaction_required");
    expect(new URL(headers.location ?? "").searchParams.get("error_description")).toContain("AADSTS16000:");
  });

  test("signing out ends it", async () => {
    const cookie = await signedInBrowser("ada@contoso.example");
    expect((await send(emulator, "/organizations/oauth2/v2.0/logout", { headers: { cookie } })).status).toBe(
      200,
    );
    expect(errorOf((await openAs(cookie, { prompt: "none" })).headers.location)).toBe("login_required");
  });
});

describe("the pages", () => {
  test("load nothing, sit in no frame and are not kept", async () => {
    const { headers, text } = await open();
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://localhost:65000");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(text).not.toMatch(/src=|href=|url\(/);
  });

  test("show a hint as text, and say that they are an emulator's", async () => {
    const { text } = await open({ login_hint: `"><script>alert(1)</script>` });
    expect(text).not.toContain("<script");
    expect(text).toContain("Local emulator");
  });

  test("an old form leads nowhere", async () => {
    const { status, text } = await send(emulator, "/organizations/signin", {
      form: { sign_in: "old", action: "approve" },
    });
    expect(status).toBe(400);
    expect(text).toContain("too old");
  });
});
