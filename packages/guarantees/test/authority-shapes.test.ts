import { InteractiveBrowserCredential, type InteractiveCredential } from "@entrada/core";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InteractiveBrowserBrokerCredential } from "@entrada/broker";

// Every credential at every kind of authority, in every spelling: by the emulator's own name, and by the real ones.

const OWN_DOMAIN = "login.woodgrove.example";
const FEDERATION = "fs.corp.example";
const SCOPE = "https://vault.azure.net/.default";

let emulator: Emulator;
beforeAll(async () => {
  const seeds = await startEmulator();
  const { externalId, adfs } = seeds.defaults;
  await seeds[Symbol.asyncDispose]();
  emulator = await startEmulator({
    deviceCodeIntervalInS: 1,
    tenants: [
      { ...externalId.tenant, hosts: [OWN_DOMAIN] },
      { ...adfs.tenant, hosts: [FEDERATION] },
    ],
  });
});
afterAll(() => emulator[Symbol.asyncDispose]());

interface Spelling {
  readonly authorityHost: string;
  readonly tenantId?: string;
}

/** What one credential did. */
class Diary {
  prompts = 0;
  readonly asked: URL[] = [];

  /** Some tests run at once: each has a diary of its own. */
  readonly fetch: typeof globalThis.fetch = (input, init) => {
    this.asked.push(new URL(input as string | URL));
    return emulator.fetch(input, init);
  };

  readonly openBrowser = (url: string): Promise<void> => {
    this.prompts += 1;
    return emulator.person.openBrowser(url);
  };
}

interface Way {
  readonly name: string;
  readonly create: (spelling: Spelling, diary: Diary) => InteractiveCredential;
}

const WAYS: readonly Way[] = [
  {
    name: "browser",
    create: (spelling, { fetch, openBrowser }) =>
      new InteractiveBrowserCredential({ ...spelling, fetch, openBrowser }),
  },
  {
    name: "device code",
    create: (spelling, diary) =>
      new DeviceCodeCredential({
        ...spelling,
        fetch: diary.fetch,
        userPromptCallback: (info, context) => {
          diary.prompts += 1;
          return emulator.person.answerDeviceCode(info, context);
        },
      }),
  },
  {
    name: "broker, fallen back to the browser",
    create: (spelling, { fetch, openBrowser }) =>
      new InteractiveBrowserBrokerCredential({ ...spelling, fetch, openBrowser }),
  },
];

type Shape = "entra" | "external-id" | "adfs";

/** Host and tenant as options; `{id}` and `{home}` stand for the tenant's id and for the emulator's own name. */
const SPELLINGS: readonly (readonly [Shape, string, string | undefined])[] = [
  ["entra", "{home}", undefined],
  ["entra", "{home}", "{id}"],
  ["entra", "{home}", "contoso.example"],
  ["entra", "https://login.microsoftonline.com", "contoso.example"],
  ["entra", "https://login.microsoftonline.com", "{id}"],
  ["entra", "https://login.windows.net", undefined],
  ["entra", "https://login.microsoftonline.us", "contoso.example"],
  ["entra", "https://login.chinacloudapi.cn", undefined],
  ["entra", "https://login.partner.microsoftonline.cn", "{id}"],
  ["entra", "https://login.sovcloud-identity.fr", "contoso.example"],
  ["entra", "https://login.sovcloud-identity.de", "organizations"],
  ["entra", "https://login.sovcloud-identity.sg", "{id}"],
  ["external-id", "{home}", "{id}"],
  ["external-id", "{home}", "woodgrove.onmicrosoft.com"],
  ["external-id", "{home}/{id}", undefined],
  ["external-id", "https://woodgrove.ciamlogin.com", undefined],
  ["external-id", "https://woodgrove.ciamlogin.com/", "organizations"],
  ["external-id", "https://woodgrove.ciamlogin.com", "{id}"],
  ["external-id", "https://woodgrove.ciamlogin.com", "woodgrove.onmicrosoft.com"],
  ["external-id", "https://woodgrove.ciamlogin.com/{id}", undefined],
  ["external-id", "https://woodgrove.ciamlogin.com/{id}/v2.0", undefined],
  ["external-id", "https://woodgrove.ciamlogin.com/woodgrove.onmicrosoft.com", undefined],
  ["external-id", "https://{id}.ciamlogin.com", undefined],
  ["external-id", "https://{id}.ciamlogin.com/{id}/", undefined],
  ["external-id", `https://${OWN_DOMAIN}`, "{id}"],
  ["external-id", `https://${OWN_DOMAIN}/{id}`, undefined],
  ["external-id", `https://${OWN_DOMAIN}/woodgrove.onmicrosoft.com`, undefined],
  ["adfs", "{home}", "adfs"],
  ["adfs", "{home}/adfs", undefined],
  ["adfs", `https://${FEDERATION}`, "adfs"],
  ["adfs", `https://${FEDERATION}/adfs`, undefined],
  ["adfs", `https://${FEDERATION}/ADFS/`, "adfs"],
];

function tenantOf(shape: Shape): {
  readonly id: string;
  readonly username: string;
  readonly issuer?: string;
} {
  const { tenantId, account, externalId, adfs } = emulator.defaults;
  if (shape === "entra") return { id: tenantId, username: account.username };
  const { tenant, account: person } = shape === "adfs" ? adfs : externalId;
  return { id: tenant.id, username: person.username };
}

describe.each(WAYS)("$name", ({ create }) => {
  test.concurrent.each(SPELLINGS)("%s at %s, tenant %s", async (shape, host, tenant) => {
    const { id, username } = tenantOf(shape);
    const filled = (text: string): string =>
      text.replaceAll("{id}", id).replace("{home}", emulator.authorityHost);
    const diary = new Diary();
    const authorityHost = filled(host);
    const given = tenant === undefined ? {} : { tenantId: filled(tenant) };
    const credential = create({ authorityHost, ...given }, diary);

    // Customers and AD FS have no subscription: who names nothing signs in all the same.
    const record = await credential.authenticate(shape === "entra" ? SCOPE : undefined);
    expect(record.username).toBe(username);
    if (shape !== "adfs") expect(record.tenantId).toBe(id);
    // Whoever has the record finds the account again.
    expect(await credential.accounts()).toEqual([record]);

    const { token } = await credential.getToken(SCOPE);
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(claims.aud).toBe("https://vault.azure.net");
    // A renewal, too: at the same endpoints, and without a person.
    await credential.getToken("https://graph.microsoft.com/.default");
    expect(diary.prompts).toBe(1);
    // Nothing was sent elsewhere: no instance discovery, and every endpoint is on the host that was asked.
    expect(new Set(diary.asked.map(({ origin }) => origin))).toEqual(
      new Set([new URL(authorityHost).origin]),
    );
    await credential[Symbol.asyncDispose]();
  });
});
