import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { bindingFor, keyringKeyStore } from "./keyring-key-store.ts";

describe("the binding for Keychain and Credential Manager", () => {
  const item = { service: "Entrada token cache", account: "test" };

  test("is used with its service and account, and not loaded before", async () => {
    const secrets = new Map<string, string>();
    let loaded = 0;
    const store = keyringKeyStore(item, () =>
      Promise.resolve((loaded++, { AsyncEntry: entryOver(secrets) })),
    );
    expect(loaded).toBe(0);
    expect(await store.read()).toBeUndefined();
    await store.write("secret");
    expect(await store.read()).toBe("secret");
    expect([...secrets.keys()]).toEqual(["Entrada token cache/test"]);
    await store.remove();
    await store.remove();
    expect(secrets.size).toBe(0);
  });

  test.each([
    ["darwin", "arm64", "@napi-rs/keyring-darwin-arm64"],
    ["win32", "x64", "@napi-rs/keyring-win32-x64-msvc"],
  ])("is, on %s with %s, %s", (platform, arch, name) => {
    expect(bindingFor(platform, arch)).toBe(name);
  });

  test("comes with the package on each system that has one, and on no other", () => {
    const require = createRequire(import.meta.url);
    const { optionalDependencies } = require("../../package.json") as Manifest;
    const systems = ["darwin-arm64", "darwin-x64", "win32-arm64", "win32-ia32", "win32-x64"] as const;
    const names = systems.map((system) => bindingFor(...(system.split("-") as [string, string])));
    expect(Object.keys(optionalDependencies)).toEqual(names);
    const whole = require("@napi-rs/keyring/package.json") as Manifest;
    expect(Object.keys(whole.optionalDependencies)).toEqual(expect.arrayContaining(names));
  });

  test("that cannot be loaded is a keyring that is not there", async () => {
    const cause = new Error("Cannot find native binding");
    const broken = function (): never {
      throw cause;
    };
    for (const load of [
      () => Promise.reject(cause),
      () => Promise.resolve({ AsyncEntry: broken as never }),
    ]) {
      expect(await failureOf(keyringKeyStore(item, load).read())).toMatchObject({
        code: "cache",
        detail: "cache_no_encryption",
        message: expect.stringMatching(
          /could not be loaded on.*Install @napi-rs\/keyring.*pass `key`/,
        ) as string,
        cause,
      });
    }
  });

  test("whose call fails is a keyring that refuses", async () => {
    const failing = keyringKeyStore(item, () =>
      Promise.resolve({
        AsyncEntry: class {
          getPassword = () => Promise.reject(new Error("User canceled the operation"));
          setPassword = () => Promise.reject(new Error("locked"));
          deletePassword = () => Promise.reject(new Error("locked"));
        },
      }),
    );
    for (const call of [failing.read(), failing.write("x"), failing.remove()]) {
      expect(await failureOf(call)).toMatchObject({
        code: "cache",
        detail: "cache_unreadable",
        message: expect.stringMatching(/locked or refused.*Unlock it/) as string,
        cause: expect.any(Error) as Error,
      });
    }
  });

  test("hears when nobody waits any more", async () => {
    const given: unknown[] = [];
    const store = keyringKeyStore(item, () =>
      Promise.resolve({
        AsyncEntry: class {
          getPassword = (signal?: AbortSignal) => (given.push(signal), Promise.resolve(null));
          setPassword = (_: string, signal?: AbortSignal) => (given.push(signal), Promise.resolve());
          deletePassword = (signal?: AbortSignal) => (given.push(signal), Promise.resolve(false));
        },
      }),
    );
    const { signal } = new AbortController();
    await store.read(signal);
    await store.write("x", signal);
    expect(await store.remove(signal)).toBeUndefined();
    expect(given).toEqual([signal, signal, signal]);
  });
});

function entryOver(secrets: Map<string, string>) {
  return class {
    readonly #name: string;
    constructor(service: string, account: string) {
      this.#name = `${service}/${account}`;
    }
    getPassword = () => Promise.resolve(secrets.get(this.#name) ?? null);
    setPassword = (secret: string) => Promise.resolve(void secrets.set(this.#name, secret));
    deletePassword = () => Promise.resolve(secrets.delete(this.#name));
  };
}

interface Manifest {
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
