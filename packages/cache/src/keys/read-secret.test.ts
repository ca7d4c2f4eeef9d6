import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { keyFileOf } from "../../test/support/key-file-of.ts";
import type { CacheKey } from "./cache-key.ts";
import { readSecret, type Secret } from "./read-secret.ts";

const secretOf = (key: Exclude<CacheKey, { tpm: true }>): Promise<Secret> => readSecret(key, () => {});

function credentialsIn(folder: string | undefined): void {
  vi.stubEnv("CREDENTIALS_DIRECTORY", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test("what a person chose is tried slowly, in one form of its letters", async () => {
  const secrets = await Promise.all(["p\u00e9", "pe\u0301"].map((passphrase) => secretOf({ passphrase })));
  for (const secret of secrets)
    expect(secret).toEqual({ bytes: Buffer.from("p\u00e9"), how: "scrypt", name: "passphrase" });
});

test.each(["caf\ufffd", "caf\ud83d"])(
  "a passphrase that was not read right is none: case %#",
  async (passphrase) => {
    const failure = await failureOf(secretOf({ passphrase }));
    expect(failure).toMatchObject({ code: "cache", detail: "cache_no_encryption" });
    expect(failure.message).toMatch(/passphrase.*UTF-8.*key file/);
    expect(failure.message).not.toContain("caf");
  },
);

test("random bytes are taken as they are, whether given, in a file or in a systemd credential", async () => {
  const { folder, path, bytes } = await keyFileOf(32);
  credentialsIn(folder);
  expect(await secretOf(bytes)).toEqual({ bytes, how: "hkdf", name: "given `key`" });
  expect(await secretOf({ file: path })).toEqual({ bytes, how: "hkdf", name: `key file ${path}` });
  expect(await secretOf({ systemdCredential: "the-key" })).toEqual({
    bytes,
    how: "hkdf",
    name: "systemd credential the-key",
  });
});

test("a file that is not there is told with its full path, how one is made and where it is named", async () => {
  expect(await failureOf(secretOf({ file: "no-such.key" }))).toMatchObject({
    detail: "cache_no_encryption",
    message: expect.stringContaining(join(process.cwd(), "no-such.key")) as string,
    hint: expect.stringMatching(
      /^Make one with `.*`, and name it by `key` or ENTRADA_CACHE_KEY_FILE$/,
    ) as string,
  });
});

test("a credential that the unit does not load is told with the line that loads it", async () => {
  const { folder } = await keyFileOf(32);
  for (const place of [folder, undefined]) {
    credentialsIn(place);
    expect(await failureOf(secretOf({ systemdCredential: "other" }))).toMatchObject({
      detail: "cache_no_encryption",
      message: expect.stringContaining("`LoadCredential=other:PATH`") as string,
    });
  }
});
