import { createRequire } from "node:module";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { expect, test } from "vitest";
import * as imported from "@entrada/core";

/** The copy that `require()` gets, beside the one that `import` gets. */
const required = createRequire(import.meta.url)("@entrada/core") as typeof imported;

const SCOPE = "https://management.azure.com/.default";
const unavailable = { code: "browser_unavailable", what: "No browser" } as const;
const needed = { what: "Nobody is signed in", scopes: [] };

test("are two, and not one", () => {
  expect(required.AuthenticationError).not.toBe(imported.AuthenticationError);
});

test.each([
  ["imported", "required", imported, required],
  ["required", "imported", required, imported],
])(
  "an error of the %s copy is one of the %s copy's, of its class and of no other",
  (_one, _other, of, by) => {
    const errors = [
      new of.AuthenticationError({ code: "network", what: "No answer" }),
      new of.AuthenticationRequiredError(needed),
      new of.CredentialUnavailableError(unavailable),
    ];
    expect(errors.map((error) => error instanceof by.AuthenticationError)).toEqual([true, true, true]);
    expect(errors.map((error) => error instanceof by.AuthenticationRequiredError)).toEqual([
      false,
      true,
      false,
    ]);
    expect(errors.map((error) => error instanceof by.CredentialUnavailableError)).toEqual([
      false,
      false,
      true,
    ]);
    expect(errors.map(by.isAuthenticationError)).toEqual([true, true, true]);
  },
);

test.each([
  ["imported", "required", imported, required],
  ["required", "imported", required, imported],
])("an abort of the %s copy is one of the %s copy's, and no other error is", async (_one, _other, of, by) => {
  const credential = new of.InteractiveBrowserCredential();
  const aborted = credential.getToken(SCOPE, { abortSignal: AbortSignal.abort() });
  const error: unknown = await aborted.catch((reason: unknown) => reason);
  expect([error instanceof by.AbortError, error instanceof by.AuthenticationError]).toEqual([true, false]);
  class Own extends by.AbortError {}
  expect([error instanceof Own, new Own() instanceof Own, new Own() instanceof of.AbortError]).toEqual([
    false,
    true,
    true,
  ]);
  // What fetch and others throw has the same name, and is none of ours.
  for (const other of [
    new DOMException("Gone", "AbortError"),
    new of.AuthenticationRequiredError(needed),
    null,
  ])
    expect(other instanceof (by.AbortError as new () => Error)).toBe(false);
});

test("whoever makes a class of ours his own tells its errors from ours", () => {
  class Own extends imported.AuthenticationError {}
  const own = new Own({ code: "network", what: "No answer" });
  const ours = new imported.AuthenticationRequiredError(needed);
  expect([own instanceof Own, own instanceof required.AuthenticationError, ours instanceof Own]).toEqual([
    true,
    true,
    false,
  ]);
  for (const other of [null, undefined, "text", {}, new Error("other")])
    expect(other instanceof (imported.AuthenticationError as new (init: never) => Error)).toBe(false);
});

/** A store of one's own making, in a place of one piece of content. */
function blobOf(of: typeof imported): imported.TokenCacheStore {
  let content: Uint8Array | undefined;
  return of.blobTokenCache({
    read: async () => content,
    write: async (data) => void (content = data),
    clear: async () => void (content = undefined),
    withLock: (work) => work(),
  });
}

function ofBothCopies(
  { authorityHost, person }: Emulator,
  tokenCache: imported.TokenCacheStore,
): readonly imported.InteractiveBrowserCredential[] {
  const openBrowser: imported.InteractiveBrowserCredentialOptions["openBrowser"] = (url, context) =>
    person.openBrowser(url, context);
  return [imported, required].map(
    (of) => new of.InteractiveBrowserCredential({ authorityHost, tokenCache, openBrowser }),
  );
}

const STORES = [
  ["memory", "imported", () => imported.memoryTokenCache()],
  ["memory", "required", () => required.memoryTokenCache()],
  ["a blob", "imported", () => blobOf(imported)],
  ["a blob", "required", () => blobOf(required)],
] as const;

test.each(STORES)(
  "with a token cache in %s of the %s copy, credentials of both at once ask once",
  async (_in, _copy, create) => {
    await using emulator = await startEmulator();
    emulator.trust();
    const credentials = ofBothCopies(emulator, create());
    await Promise.all(credentials.map((credential) => credential.getToken(SCOPE)));
    expect(emulator.count("redeem")).toBe(1);
  },
);

test.each(STORES)(
  "with a token cache in %s of the %s copy, a sign-out by a credential of either copy is one for both",
  async (_in, _copy, create) => {
    await using emulator = await startEmulator();
    emulator.trust();
    const [first, second] = ofBothCopies(emulator, create()) as [
      imported.InteractiveBrowserCredential,
      imported.InteractiveBrowserCredential,
    ];
    for (const [one, other] of [
      [first, second],
      [second, first],
    ] as const) {
      await one.getToken(SCOPE);
      await other.getToken(SCOPE);
      const asked = emulator.count("authorize");
      await one.signOut();
      await other.getToken(SCOPE);
      expect(emulator.count("authorize")).toBe(asked + 1);
    }
  },
);
