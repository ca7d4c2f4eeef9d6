import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { readSecret } from "./read-secret.ts";

async function fileOf(length: number): Promise<{ folder: string; path: string; bytes: Buffer }> {
  const folder = await temporaryFolder();
  const path = join(folder, "the-key");
  const bytes = Buffer.alloc(length, 7);
  await writeFile(path, bytes);
  return { folder, path, bytes };
}

function credentialsIn(folder: string | undefined): void {
  vi.stubEnv("CREDENTIALS_DIRECTORY", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test("what a person chose is tried slowly, in one form of its letters", async () => {
  const secrets = await Promise.all(["p\u00e9", "pe\u0301"].map((passphrase) => readSecret({ passphrase })));
  for (const secret of secrets)
    expect(secret).toEqual({ bytes: Buffer.from("p\u00e9"), how: "scrypt", name: "passphrase" });
});

test("random bytes are taken as they are, whether given, in a file or in a systemd credential", async () => {
  const { folder, path, bytes } = await fileOf(32);
  credentialsIn(folder);
  expect(await readSecret(bytes)).toEqual({ bytes, how: "hkdf", name: "given `key`" });
  expect(await readSecret({ file: path })).toEqual({ bytes, how: "hkdf", name: "key file" });
  expect(await readSecret({ systemdCredential: "the-key" })).toEqual({
    bytes,
    how: "hkdf",
    name: "systemd credential the-key",
  });
});

test("a file with fewer than 32 bytes is no key, and how one is made is said", async () => {
  const { path } = await fileOf(31);
  expect(await failureOf(readSecret({ file: path }))).toMatchObject({
    code: "cache",
    detail: "cache_no_encryption",
    message: expect.stringMatching(/key file has 31 bytes.*32.*head -c 32 \/dev\/urandom/) as string,
  });
});

test("a file that is not there is told with how one is made, one that cannot be read with its fault", async () => {
  const folder = await temporaryFolder();
  expect(await failureOf(readSecret({ file: join(folder, "none") }))).toMatchObject({
    detail: "cache_no_encryption",
    message: expect.stringMatching(/\(ENOENT\).*head -c 32 \/dev\/urandom/) as string,
    cause: { code: "ENOENT" },
  });
  expect(await failureOf(readSecret({ file: folder }))).toMatchObject({
    detail: "cache_no_encryption",
    message: expect.stringMatching(/\(EISDIR\).*readable for this user/) as string,
  });
});

test("a credential that the unit does not load is told with the line that loads it", async () => {
  const { folder } = await fileOf(32);
  for (const place of [folder, undefined]) {
    credentialsIn(place);
    expect(await failureOf(readSecret({ systemdCredential: "other" }))).toMatchObject({
      detail: "cache_no_encryption",
      message: expect.stringContaining("`LoadCredential=other:PATH`") as string,
    });
  }
});
