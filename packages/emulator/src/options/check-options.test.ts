import { expect, test } from "vitest";
import { startEmulator, virtualClock, type EmulatorOptions } from "../index.ts";
import { checkOptions } from "./check-options.ts";

test.each<readonly [unknown, string]>([
  [5, "options must be an object, not 5"],
  [null, "options must be an object, not null"],
  ["x", 'options must be an object, not "x"'],
  [[], "options must be an object, not a list"],
  [{ port: -1 }, "port must be a whole number from 0 to 65535, not -1"],
  [{ port: "80" }, 'port must be a whole number from 0 to 65535, not "80"'],
  [{ port: 65_536 }, "port must be a whole number from 0 to 65535, not 65536"],
  [{ host: 7 }, "host must be a text, not 7"],
  [{ host: "" }, 'host must be a text, not ""'],
  [{ allowOtherMachines: "no" }, 'allowOtherMachines must be true or false, not "no"'],
  [{ clock: 5 }, "clock must be a clock with now() and advance(), such as virtualClock(), not 5"],
  [{ clock: virtualClock }, "such as virtualClock(), not a function"],
  [{ clock: { now: () => 0 } }, "such as virtualClock(), not this object"],
  [
    { person: { action: "zz" } },
    'person must be an object with an action of "approve", "decline", "cancel" or "close"',
  ],
  [
    { person: "approve" },
    'person must be an object with an action of "approve", "decline", "cancel" or "close"',
  ],
  [{ person: { action: "approve", account: 5 } }, "an account (a text)"],
  [{ person: { action: "approve", delayInMs: -1 } }, "a delayInMs (a number)"],
  [
    { accessTokenLifetimeInS: -1 },
    "accessTokenLifetimeInS must be zero or more seconds, as a number, not -1",
  ],
  [{ deviceCodeLifetimeInS: Number.NaN }, "deviceCodeLifetimeInS must be zero or more seconds"],
  [
    { deviceCodeIntervalInS: "1" },
    'deviceCodeIntervalInS must be zero or more seconds, as a number, not "1"',
  ],
  [{ tenants: [{}] }, "tenants[0].id must be a text, not undefined"],
  [{ tenants: [null] }, "tenants[0] must be an object, not null"],
  [{ tenants: [{ id: "a", domain: "b" }] }, "tenants[0].displayName must be a text, not undefined"],
  [
    { tenants: [{ id: "a", domain: "b", displayName: "c", kind: "b2c" }] },
    'tenants[0].kind must be "entra", "external-id" or "adfs", not "b2c"',
  ],
  [
    { tenants: [{ id: "a", domain: "b", displayName: "c", hosts: "d" }] },
    'tenants[0].hosts must be a list of texts, not "d"',
  ],
  ...(
    [
      ["MFA", "compliantdevice", "blocked", "step_up", undefined].map((require) => [
        { require },
        `policies[0].require must be "mfa", "compliantDevice", "managedDevice", "block" or "stepUp", not ${JSON.stringify(require)}`,
      ]),
      [
        [{ require: "mfa", flow: "device_code" }, 'policies[0].flow must be "deviceCode", not "device_code"'],
        [{ require: "mfa", accounts: "ada" }, 'policies[0].accounts must be a list of texts, not "ada"'],
        [{ require: "stepUp", authenticationContext: 1 }, "policies[0].authenticationContext must be a text"],
      ],
    ] as [object, string][][]
  )
    .flat()
    .map(([policy, message]): [unknown, string] => [
      { tenants: [{ id: "a", domain: "b", displayName: "c", policies: [policy] }] },
      `tenants[0].${message}`,
    ]),
  ...(
    [
      [
        "audience",
        "AzureADMyOrg",
        '"singleTenant", "anyOrganization", "anyOrganizationAndPersonal" or "personal"',
      ],
      ["consent", "admin", '"preauthorized" or "required"'],
      ["redirectUris", "http://localhost", "a list of texts"],
      ["webRedirectUris", [5], "a list of texts"],
      ["allowPublicClientFlows", "no", "true or false"],
      ["tenantId", 5, "a text"],
    ] as [string, unknown, string][]
  ).map(([name, value, form]): [unknown, string] => [
    { applications: [{ clientId: "a", name: "b", [name]: value }] },
    `applications[0].${name} must be ${form}, not `,
  ]),
  [
    { resources: [{ uri: "a", appId: "b", name: "c", scopes: [], tokenVersion: "2.0" }] },
    'resources[0].tokenVersion must be 1 or 2, not "2.0"',
  ],
  [
    { accounts: [{ username: "a", displayName: "b", objectId: "c", tenantId: "d", disabled: "yes" }] },
    'accounts[0].disabled must be true or false, not "yes"',
  ],
  [
    {
      accounts: [
        { username: "a", displayName: "b", objectId: "c", tenantId: "d", guestOf: [{ tenantId: "e" }] },
      ],
    },
    "accounts[0].guestOf[0].objectId must be a text, not undefined",
  ],
  [
    { subscriptions: [{ subscriptionId: "a", displayName: "b", tenantId: "c", accounts: "ada" }] },
    'subscriptions[0].accounts must be a list of texts, not "ada"',
  ],
  [{ accounts: 5 }, "accounts must be a list, not 5"],
  [{ accounts: [{ username: 5 }] }, "accounts[0].username must be a text, not 5"],
  [{ applications: {} }, "applications must be a list, not this object"],
  [{ applications: [{ clientId: "a" }] }, "applications[0].name must be a text, not undefined"],
  [
    { resources: [{ uri: "a", appId: "b", name: "c", scopes: "d" }] },
    'resources[0].scopes must be a list of texts, not "d"',
  ],
  [{ subscriptions: [{}] }, "subscriptions[0].subscriptionId must be a text, not undefined"],
])("%j is refused by name", async (options, message) => {
  const start = startEmulator(options as EmulatorOptions);
  await expect(start).rejects.toThrow(TypeError);
  await expect(start).rejects.toThrow(`startEmulator: `);
  await expect(start).rejects.toThrow(message);
});

test("what the types allow is taken: nothing, undefined and zero", () => {
  const all: readonly unknown[] = [
    {},
    { port: undefined, clock: undefined, person: undefined, tenants: undefined },
    { port: 0, deviceCodeIntervalInS: 0, accessTokenLifetimeInS: 0, deviceCodeLifetimeInS: 0.5 },
    { clock: virtualClock(), person: { action: "close", account: "ada@contoso.example", delayInMs: 0 } },
    { tenants: [], accounts: [], applications: [], resources: [], subscriptions: [] },
  ];
  for (const options of all) expect(() => checkOptions(options)).not.toThrow();
});

const tenant = { id: "a", domain: "b.example", displayName: "c" };
const account = { username: "a@b.example", displayName: "b", objectId: "c", tenantId: "a" };

test.each<readonly [unknown, string, string]>([
  [{ another: 5 }, "options", '"another"'],
  [{ Port: 5 }, "options", '"Port" (perhaps "port")'],
  [{ prot: 5 }, "options", '"prot" (perhaps "port")'],
  [{ tenant: [], clocks: 5 }, "options", '"tenant" (perhaps "tenants"), "clocks" (perhaps "clock")'],
  [{ access_token_lifetime: 5 }, "options", '(perhaps "accessTokenLifetimeInS")'],
  [{ person: { action: "approve", delay: 5 } }, "person", '"delay" (perhaps "delayInMs")'],
  [{ tenants: [{ ...tenant, name: "x" }] }, "tenants[0]", '"name"'],
  [
    { tenants: [{ ...tenant, policies: [{ require: "mfa", user: "x" }] }] },
    "tenants[0].policies[0]",
    '"user"',
  ],
  [{ accounts: [account, { ...account, password: "x" }] }, "accounts[1]", '"password"'],
  [
    { accounts: [{ ...account, guestOf: [{ tenant: "x", objectId: "y" }] }] },
    "accounts[0].guestOf[0]",
    '"tenant" (perhaps "tenantId")',
  ],
  [
    { applications: [{ clientId: "a", name: "b", redirectUri: "c" }] },
    "applications[0]",
    '"redirectUri" (perhaps "redirectUris")',
  ],
  [{ resources: [{ uri: "a", appId: "b", name: "c", scopes: [], version: 2 }] }, "resources[0]", '"version"'],
  [
    { subscriptions: [{ subscriptionId: "a", displayName: "b", tenantId: "c", state: "d" }] },
    "subscriptions[0]",
    '"state"',
  ],
])("P1: a name that nobody knows is refused: %j", (options, place, told) => {
  const refused = (): void => checkOptions(options);
  expect(refused).toThrow(TypeError);
  expect(refused).toThrow(`startEmulator: ${place} has no `);
  expect(refused).toThrow(told);
  expect(refused).toThrow(expect.objectContaining({ detail: "unknown_option" }));
});

test("P1: so it is in what a running emulator is told", async () => {
  await using emulator = await startEmulator();
  const { person, defaults } = emulator;
  expect(() => person.script({ action: "close", after: 5 } as never)).toThrow('an answer has no "after"');
  expect(() => emulator.script({ on: "token", afterwards: 1 } as never)).toThrow(
    'a fault has no "afterwards"',
  );
  expect(() => emulator.revoke(defaults.account, { tokens: false } as never)).toThrow('has no "tokens"');
});

test("an object of a class is as good as any: its methods are no options", () => {
  class Settings {
    port = 0;
    describe(): string {
      return "mine";
    }
  }
  expect(() => checkOptions(new Settings())).not.toThrow();
  expect(() => checkOptions(Object.create({ port: 0 }))).not.toThrow();
  expect(() => checkOptions(Object.create({ pot: 0 }))).toThrow('perhaps "port"');
});
