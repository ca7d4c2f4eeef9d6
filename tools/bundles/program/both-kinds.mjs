// One process with both kinds of each package: a part of it imports them, another requires them. They are two copies, and
// know each other's errors, share a token cache, and ask once where both want a token.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as importedCache from "@entrada/cache";
import * as imported from "@entrada/core";
import { startEmulator } from "@entrada/emulator";

const require = createRequire(import.meta.url);
const required = require("@entrada/core");
const requiredCache = require("@entrada/cache");
const SCOPE = "https://management.azure.com/.default";
const kinds = [
  { here: { ...imported, ...importedCache }, there: { ...required, ...requiredCache } },
  { here: { ...required, ...requiredCache }, there: { ...imported, ...importedCache } },
];

await using emulator = await startEmulator();
emulator.trust();
const directory = mkdtempSync(join(tmpdir(), "entrada-both-kinds-"));
const key = { passphrase: "a passphrase of a test" };

function credentialOf({ InteractiveBrowserCredential }, options) {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    openBrowser: (url) => emulator.person.openBrowser(url),
    ...options,
  });
}

for (const [index, { here, there }] of kinds.entries()) {
  assert.notEqual(here.AuthenticationError, there.AuthenticationError, "these are two copies");

  const stranger = credentialOf(here, { disableAutomaticAuthentication: true });
  const error = await stranger.getToken(SCOPE).catch((reason) => reason);
  assert(there.isAuthenticationError(error));
  assert(error instanceof there.AuthenticationError);
  assert(error instanceof there.AuthenticationRequiredError);
  assert(!(error instanceof there.CredentialUnavailableError));

  // A record of one is a record of the other, also as a text.
  const record = await credentialOf(here).authenticate(SCOPE);
  const text = here.serializeAuthenticationRecord(record);
  assert.deepEqual(there.deserializeAuthenticationRecord(text), record);

  // One store object serves both, and only the first asks; when both want a token at once, too.
  const store = here.memoryTokenCache();
  const before = emulator.count("redeem");
  await Promise.all([
    credentialOf(here, { tokenCache: store }).getToken(SCOPE),
    credentialOf(there, { tokenCache: store }).getToken(SCOPE),
  ]);
  await credentialOf(there, { tokenCache: store }).getToken(SCOPE);
  assert.equal(emulator.count("redeem") - before, 1, "one sign-in for one store");

  // So does one place on the disk that each comes to by its own copy, and by the other's.
  const place = { name: `both-kinds-${index}`, directory, key };
  const options = (of) => ({ tokenCache: of.persistentTokenCache(place) });
  await Promise.all([
    credentialOf(here, options(here)).getToken(SCOPE),
    credentialOf(there, options(there)).getToken(SCOPE),
  ]);
  await credentialOf(here, options(there)).getToken(SCOPE);
  assert.equal(emulator.count("redeem") - before, 2, "one sign-in for one file");
}
rmSync(directory, { recursive: true });
