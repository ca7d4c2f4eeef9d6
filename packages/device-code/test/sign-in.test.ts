import { inspect } from "node:util";
import { memoryTokenCache, type AuthenticationRecord } from "@entrada/core";
import type { Emulator } from "@entrada/emulator";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";
import { DeviceCodeCredential } from "../src/index.ts";
import { ARM, createCredential, startAuthority, STORAGE } from "./emulated-authority.ts";

/** How many requests of each kind `work` makes. */
async function requestsOf(emulator: Emulator, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = emulator.requests.length;
  await work();
  const counts: Record<string, number> = {};
  for (const { kind } of emulator.requests.slice(before)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** The claims of an access token. */
function claimsOf({ token }: { readonly token: string }): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as Record<string, unknown>;
}

describe.concurrent("one sign-in", () => {
  test("is one prompt for a hundred calls at once, whatever they ask for", async () => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    const calls = Array.from({ length: 100 }, (_, i) =>
      credential.getToken(i % 2 ? ARM : STORAGE, { enableCae: i % 3 === 0 }),
    );
    const tokens = await Promise.all(calls);
    expect(shown).toHaveLength(1);
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(4);
  });

  test("serves another resource, CAE and non-CAE without the person, and memory without any request", async () => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    const arm = await credential.getToken(ARM);
    const requests = await requestsOf(emulator, async () => {
      const storage = await credential.getToken(STORAGE);
      const cae = await credential.getToken(ARM, { enableCae: true });
      expect(claimsOf(storage)).toMatchObject({ aud: "https://storage.azure.com" });
      expect(claimsOf(cae)).toMatchObject({ xms_cc: ["cp1"] });
      expect(claimsOf(arm)).not.toHaveProperty("xms_cc");
    });
    expect(requests).toEqual({ refresh: 2 });
    expect(await requestsOf(emulator, () => credential.getToken(ARM))).toEqual({});
    expect(shown).toHaveLength(1);
  });

  test("with CAE serves a call without it", async () => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    const cae = await credential.getToken(ARM, { enableCae: true });
    const plain = await credential.getToken(ARM);
    expect(claimsOf(cae)).toMatchObject({ xms_cc: ["cp1"] });
    expect(claimsOf(plain)).not.toHaveProperty("xms_cc");
    expect(shown).toHaveLength(1);
  });

  test("by authenticate() says who signed in, and getToken asks for nothing more", async () => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    const record = await credential.authenticate();
    expect(record).toEqual({
      authority: new URL(emulator.authorityHost).host,
      clientId: emulator.defaults.clientId,
      homeAccountId: `${emulator.defaults.account.objectId}.${emulator.defaults.tenantId}`,
      tenantId: emulator.defaults.tenantId,
      username: emulator.defaults.account.username,
    } satisfies AuthenticationRecord);
    expect(await requestsOf(emulator, () => credential.getToken(ARM))).toEqual({});
    expect(await credential.accounts()).toEqual([record]);
    expect(shown).toHaveLength(1);
  });

  test("to whichever tenant is the person's own serves who asks for that tenant by its id, and the other way round", async () => {
    await using emulator = await startAuthority();
    const tokenCache = memoryTokenCache();
    const anyTenant = { tokenCache, tenantId: "organizations" };
    const first = createCredential(emulator, anyTenant);
    const token = await first.credential.getToken(ARM);
    const authenticationRecord = await first.credential.authenticate();
    const { tenantId } = authenticationRecord;
    const requests = await requestsOf(emulator, async () => {
      for (const options of [
        { tokenCache, tenantId, authenticationRecord },
        { tokenCache, tenantId },
        anyTenant,
      ]) {
        const { credential } = createCredential(emulator, options);
        expect(await credential.getToken(ARM)).toEqual(token);
      }
    });
    expect(requests).toEqual({});
  });

  test("as a guest elsewhere is not taken for one in the person's own tenant", async () => {
    await using emulator = await startAuthority();
    const tokenCache = memoryTokenCache();
    const { guest, otherTenantId } = emulator.defaults;
    emulator.person.script({ action: "approve", account: guest.username });
    const elsewhere = createCredential(emulator, { tokenCache, tenantId: otherTenantId });
    expect(claimsOf(await elsewhere.credential.getToken(ARM))).toMatchObject({ tid: otherTenantId });
    for (const tenantId of ["organizations", guest.tenantId]) {
      const home = createCredential(emulator, { tokenCache, tenantId });
      expect(await requestsOf(emulator, () => home.credential.getToken(ARM))).toMatchObject({ refresh: 1 });
      expect(home.shown).toHaveLength(0);
    }
  });

  test("tells its life in events: asked, done", async () => {
    await using emulator = await startAuthority();
    const { credential, events, shown } = createCredential(emulator);
    await credential.getToken(ARM);
    expect(events).toMatchObject([
      {
        type: "prompt",
        flow: "device-code",
        url: `${emulator.authorityHost}/devicelogin`,
        userCode: shown[0]?.userCode,
        expiresOn: shown[0]?.expiresOn,
      },
      {
        type: "done",
        flow: "device-code",
        scopes: [ARM],
        interactive: true,
        username: "ada@contoso.example",
      },
    ]);
  });
});

describe.concurrent("the person", () => {
  test("who declines is not asked again by getToken for a while, but by authenticate()", async () => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    emulator.person.script({ action: "decline" });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: "access_denied", retryable: false });
    await expect(credential.getToken(STORAGE)).rejects.toMatchObject({
      code: "access_denied",
      detail: "prompt_cooldown",
    });
    expect(shown).toHaveLength(1);
    await credential.authenticate();
    expect(shown).toHaveLength(2);
  });

  test("who does not answer within timeoutInMs ends the sign-in with a timeout", async () => {
    await using emulator = await startAuthority();
    emulator.person.script({ action: "close" });
    const { credential } = createCredential(emulator, { timeoutInMs: 300 });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: "timeout",
      detail: "interactive_timeout",
    });
  });

  test("who signs in as somebody else than the record says gets no token", async () => {
    await using emulator = await startAuthority();
    const authenticationRecord = await createCredential(emulator).credential.authenticate();
    const { credential } = createCredential(emulator, { authenticationRecord });
    emulator.person.script({ action: "approve", account: emulator.defaults.guest.username });
    await expect(credential.authenticate()).rejects.toMatchObject({ code: "account_mismatch" });
  });
});

describe.concurrent("an authority in trouble", () => {
  test("that forbids public clients says so once the person has approved, as Entra does", async () => {
    const clientId = "0b0e7d3c-6f0b-4d8e-9f53-2f4b5c1e9a77";
    await using strict = await startAuthority({
      applications: [{ clientId, name: "Confidential", allowPublicClientFlows: false }],
    });
    const { credential, shown } = createCredential(strict, { clientId });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: "service",
      detail: "invalid_client",
      aadsts: 7000218,
      hint: expect.stringContaining("Allow public client flows") as string,
    });
    expect(shown).toHaveLength(1);
  });

  test("whose policy forbids the token says which number and whom to ask", async () => {
    await using emulator = await startAuthority();
    const { credential } = createCredential(emulator);
    emulator.script({ on: "poll", error: { error: "invalid_grant", aadsts: 53003 } });
    await expect(credential.getToken(ARM)).rejects.toMatchObject({
      code: "conditional_access",
      aadsts: 53003,
      hint: expect.stringContaining("administrator") as string,
    });
  });

  test("that cannot give a code at first gets a second chance", async () => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    emulator.script({ on: "devicecode", status: 503 });
    await credential.getToken(ARM);
    expect(shown).toHaveLength(1);
  });

  test.each([
    ["nothing", {}],
    ["a page", "<html>Sign in to the network</html>"],
    ["a user code that a terminal would act upon", { user_code: "\u001b[2JABCD" }],
    ["a page that is not secure", { verification_uri: "http://login.example/devicelogin" }],
  ])("that sends %s for a code is refused, and nobody is asked", async (_, body) => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    emulator.script({
      on: "devicecode",
      mutate: (answer) => ({
        ...answer,
        body:
          typeof body === "string" || Object.keys(body).length === 0
            ? body
            : { ...(answer.body as object), ...body },
      }),
    });
    const requests = await requestsOf(emulator, () =>
      expect(credential.getToken(ARM)).rejects.toMatchObject({ code: "invalid_response" }),
    );
    expect([requests, shown]).toEqual([{ discovery: 1, devicecode: 1 }, []]);
  });
});

describe("an abort", () => {
  test("before the call means that nothing is sent", async () => {
    await using emulator = await startAuthority();
    const { credential, shown } = createCredential(emulator);
    const abortSignal = AbortSignal.abort(new Error("too late"));
    const requests = await requestsOf(emulator, () =>
      expect(credential.getToken(ARM, { abortSignal })).rejects.toMatchObject({ name: "AbortError" }),
    );
    expect([requests, shown]).toEqual([{}, []]);
  });

  test("between two polls is heard within 100 ms", async () => {
    await using emulator = await startAuthority();
    await expectWithin(100, async () => {
      const controller = new AbortController();
      const reason = new Error("enough");
      let abortedAt = 0;
      const { credential } = createCredential(emulator, {
        userPromptCallback: () => {
          setImmediate(() => {
            abortedAt = performance.now();
            controller.abort(reason);
          });
        },
      });
      const error: unknown = await credential
        .getToken(ARM, { abortSignal: controller.signal })
        .catch((failure: unknown) => failure);
      const took = performance.now() - abortedAt;
      expect(error).toMatchObject({ name: "AbortError", cause: reason });
      return took;
    });
  });
});

test("disposing the credential ends the sign-in", async () => {
  await using emulator = await startAuthority();
  const asked = Promise.withResolvers<void>();
  const { credential } = createCredential(emulator, { userPromptCallback: () => asked.resolve() });
  const ended = expect(credential.getToken(ARM)).rejects.toMatchObject({ name: "AbortError" });
  await asked.promise;
  await credential[Symbol.asyncDispose]();
  await ended;
});

test("no device code and no token is in an event, an error or the credential, however it is printed", async () => {
  await using emulator = await startAuthority();
  const secrets: string[] = [];
  emulator.script({
    on: "devicecode",
    times: 2,
    mutate: (answer) => {
      secrets.push((answer.body as { device_code: string }).device_code);
      return answer;
    },
  });
  const { credential, events } = createCredential(emulator);
  emulator.person.script({ action: "decline" });
  const error: unknown = await credential.getToken(ARM).catch((reason: unknown) => reason);
  await credential.authenticate();
  const { token } = await credential.getToken(ARM);
  expect(secrets).toHaveLength(2);
  const printed = [...events, error, credential]
    .map((each) => `${inspect(each, { depth: 9, showHidden: true })} ${JSON.stringify(each)} ${String(each)}`)
    .join("\n");
  for (const secret of [...secrets, token]) expect(printed).not.toContain(secret);
});

describe("the constructor", () => {
  test.each([
    ["userPromptCallback", { userPromptCallback: "print it" }],
    ["timeoutInMs", { timeoutInMs: -1 }],
    ["authorityHost", { authorityHost: "http://login.example" }],
    ["tenantId", { tenantId: "a/b" }],
  ])("names a wrong %s", (option, options) => {
    const construct = (): unknown => new DeviceCodeCredential(options as never);
    expect(construct).toThrow(TypeError);
    expect(construct).toThrow(`"${option}"`);
  });
});
