import { createRequire } from "node:module";
import { startEmulator } from "@entrada/emulator";
import { expect, test } from "vitest";
import * as imported from "@entrada/core";

/** The copy that `require()` gets, beside the one that `import` gets. */
const required = createRequire(import.meta.url)("@entrada/core") as typeof imported;

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

const SCOPE = "https://management.azure.com/.default";

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

test.each([
  ["memory", "imported", imported.memoryTokenCache()],
  ["memory", "required", required.memoryTokenCache()],
  ["a blob", "imported", blobOf(imported)],
  ["a blob", "required", blobOf(required)],
])(
  "with a token cache in %s of the %s copy, credentials of both at once ask once",
  async (_in, _copy, tokenCache) => {
    await using emulator = await startEmulator();
    emulator.trust();
    const options: imported.InteractiveBrowserCredentialOptions = {
      authorityHost: emulator.authorityHost,
      tokenCache,
      openBrowser: (url, context) => emulator.person.openBrowser(url, context),
    };
    const credentials = [imported, required].map((of) => new of.InteractiveBrowserCredential(options));
    await Promise.all(credentials.map((credential) => credential.getToken(SCOPE)));
    expect(emulator.count("redeem")).toBe(1);
  },
);
