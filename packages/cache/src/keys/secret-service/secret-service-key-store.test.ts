import { BusError } from "@entrada/core/dbus";
import { describe, expect, test } from "vitest";
import { failureOf } from "../../../test/support/cache-fixture.ts";
import { FakeSecretService } from "../../../test/support/fake-secret-service.ts";
import type { KeyStore } from "../key-store.ts";
import { secretServiceKeyStore, type SecretServiceOptions } from "./secret-service-key-store.ts";

const ITEM = { service: "Entrada token cache", account: "test" };
const ENV = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/bus" };
const OURS = { ...ITEM, "xdg:schema": "org.entrada.TokenCache" };

function session(options: SecretServiceOptions = {}): { service: FakeSecretService; store: KeyStore } {
  const service = new FakeSecretService();
  return {
    service,
    store: secretServiceKeyStore(ITEM, { env: ENV, connect: service.connect, ...options }),
  };
}

describe("a secret in the Secret Service", () => {
  test("is one item with a name for people, replaced by the next, and gone when it is removed", async () => {
    const { service, store } = session();
    expect(await store.read()).toBeUndefined();
    expect(service.calls.map(({ member }) => member)).toEqual(["SearchItems"]);
    await store.write("first with ünïcode");
    await store.write("second with ünïcode");
    expect([...service.items.values()]).toMatchObject([
      {
        label: "Entrada token cache (test)",
        attributes: new Map(Object.entries(OURS)),
        secret: "second with ünïcode",
      },
    ]);
    expect(await store.read()).toBe("second with ünïcode");
    await store.remove();
    expect(service.items.size).toBe(0);
    await store.remove();
    expect(await store.read()).toBeUndefined();
  });

  test("is never seen on the bus", async () => {
    const { service, store } = session();
    await store.write("secret-marker");
    await store.read();
    const seen = service.calls.map(({ values }) =>
      JSON.stringify(values, (_, value: unknown) => {
        const bytes = value as { type?: string; data?: number[] } | null;
        return bytes?.type === "Buffer" ? Buffer.from(bytes.data!).toString("latin1") : value;
      }),
    );
    expect(seen.join("\n")).not.toContain("secret-marker");
  });

  test("of another cache or program is not read, replaced or removed", async () => {
    const { service, store } = session();
    service.put({ ...OURS, account: "another" }, "another cache's");
    service.put(ITEM, "another program's");
    expect(await store.read()).toBeUndefined();
    await store.write("ours");
    await store.remove();
    expect(service.secrets).toEqual(["another cache's", "another program's"]);
  });

  test("of another program is found by what that one writes", async () => {
    const attributes = { MsalClientID: "Microsoft.Developer.IdentityService", "xdg:schema": "msal.cache" };
    const { service, store } = session({ attributes });
    service.put(OURS, "ours");
    service.put({ ...attributes, more: "x" }, "theirs");
    expect(await store.read()).toBe("theirs");
  });

  test("is removed wherever there is more than one", async () => {
    const { service, store } = session();
    for (const secret of ["one", "two"]) service.put(OURS, secret);
    await store.remove();
    expect(service.secrets).toEqual([]);
  });
});

describe("a keyring that is locked", () => {
  test("is unlocked by the person, and then read, written and removed", async () => {
    const { service, store } = session();
    service.person = "agrees";
    service.isLocked = true;
    service.put(OURS, "locked", true);
    expect(await store.read()).toBe("locked");
    await store.write("renewed");
    expect(service.secrets).toEqual(["renewed"]);
    await store.remove();
    expect(service.secrets).toEqual([]);
  });

  test("asks nobody for what can be read without", async () => {
    const { service, store } = session();
    service.put(OURS, "locked", true);
    service.put(OURS, "open");
    service.person = "dismisses";
    expect(await store.read()).toBe("open");
    expect(service.calls.map(({ member }) => member)).not.toContain("Unlock");
  });

  test.each<[string, (store: KeyStore) => Promise<unknown>]>([
    ["read", (store) => store.read()],
    ["written", (store) => store.write("lost")],
    ["removed", (store) => store.remove()],
  ])("whose question is dismissed is not %s: typed, and closed", async (_, call) => {
    const { service, store } = session();
    service.put(OURS, "kept", true);
    service.isLocked = true;
    service.person = "dismisses";
    expect(await failureOf(call(store))).toMatchObject({
      code: "cache",
      detail: "cache_unreadable",
      message: expect.stringMatching(/dismissed.*Unlock the keyring/) as string,
    });
    expect(service.secrets).toEqual(["kept"]);
    expect(service.open).toBe(0);
  });
});

describe("where there is no keyring", () => {
  test.each([
    "ServiceUnknown",
    "NameHasNoOwner",
    "Spawn.ServiceNotFound",
    "Spawn.ExecFailed",
    "AccessDenied",
  ])("the bus says so: %s", async (name) => {
    const { service, store } = session();
    const cause = new BusError("The call failed", `org.freedesktop.DBus.Error.${name}`);
    service.failures["SearchItems"] = cause;
    expect(await failureOf(store.read())).toMatchObject({
      detail: "cache_no_encryption",
      message: expect.stringMatching(/Nothing on this session's D-Bus offers.*key file/) as string,
      cause,
    });
    expect(service.open).toBe(0);
  });

  test("the service has no default one: nothing is written", async () => {
    const { service, store } = session();
    service.hasCollection = false;
    expect(await failureOf(store.write("lost"))).toMatchObject({
      detail: "cache_no_encryption",
      message: expect.stringContaining("no default keyring") as string,
    });
    expect(service.secrets).toEqual([]);
  });

  test("the session has no bus", async () => {
    const { service, store } = session({ env: {} });
    expect(await failureOf(store.read())).toMatchObject({
      detail: "cache_no_encryption",
      message: expect.stringContaining("has no D-Bus") as string,
    });
    expect(service.connections).toEqual([]);
  });

  test("the bus cannot be reached", async () => {
    const cause = new BusError("The bus cannot be reached");
    const { store } = session({ connect: () => Promise.reject(cause) });
    expect(await failureOf(store.read())).toMatchObject({
      detail: "cache_no_encryption",
      message: expect.stringContaining("cannot be reached") as string,
      cause,
    });
  });
});

test.each([
  ["says no to a call", new BusError("The call failed", "org.freedesktop.Secret.Error.IsLocked")],
  ["says a name that only looks like it", new BusError("x", "my.org.freedesktop.DBus.Error.AccessDenied")],
  ["says a name that only begins like it", new BusError("x", "org.freedesktop.DBus.Error.AccessDenied.Not")],
  ["ends the connection", new BusError("The bus has closed the connection")],
  ["sends what nobody can read", new RangeError("no text")],
])("a keyring that %s has failed, which is not that there is none", async (_, cause) => {
  const { service, store } = session();
  service.failures["SearchItems"] = cause;
  expect(await failureOf(store.read())).toMatchObject({
    code: "cache",
    detail: "cache_unreadable",
    message: expect.stringContaining("The keyring failed") as string,
    cause,
  });
  expect(service.open).toBe(0);
});

test("each call has one connection to the session's bus, with its signal, and one session", async () => {
  const { service, store } = session();
  const { signal } = new AbortController();
  for (const call of [
    () => store.read(signal),
    () => store.write("secret", signal),
    () => store.remove(signal),
  ]) {
    service.connections.length = 0;
    service.calls.length = 0;
    await call();
    expect(service.connections).toEqual([{ path: "/run/bus", signal }]);
    expect(service.open).toBe(0);
    expect(service.calls.filter(({ member }) => member === "OpenSession").length).toBeLessThanOrEqual(1);
  }
});
