import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { readSecret } from "./read-secret.ts";

const GREATEST = 1024 * 1024;

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
    message: expect.stringMatching(
      /key file .*the-key has 31 bytes.*32.*head -c 32 \/dev\/urandom/,
    ) as string,
  });
});

test("a file of 1 MB is a key, and one byte more is none", async () => {
  const { path, bytes } = await fileOf(GREATEST);
  expect((await readSecret({ file: path })).bytes.length).toBe(bytes.length);
  const longer = await fileOf(GREATEST + 1);
  expect(await failureOf(readSecret({ file: longer.path }))).toMatchObject({
    detail: "cache_no_encryption",
    message: expect.stringContaining("no regular file of at most 1 MB") as string,
  });
});

test.runIf(process.platform === "linux")("a file is closed when it has been read", async () => {
  const { path } = await fileOf(32);
  await readSecret({ file: path });
  const open = readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return []; // closed meanwhile
    }
  });
  expect(open).not.toContain(path);
});

test.runIf(process.platform !== "win32")(
  "a path through what is no folder is not told how a key is made",
  async () => {
    const { path } = await fileOf(32);
    expect(await failureOf(readSecret({ file: join(path, "below") }))).toMatchObject({
      message: expect.stringMatching(/\(ENOTDIR\).*readable for this user/) as string,
    });
  },
);

test("a file that is not there is told with how one is made, one that cannot be read with its fault", async () => {
  const folder = await temporaryFolder();
  expect(await failureOf(readSecret({ file: join(folder, "none") }))).toMatchObject({
    detail: "cache_no_encryption",
    message: expect.stringMatching(
      /key file .*none could not be read \(ENOENT\).*head -c 32 \/dev\/urandom/,
    ) as string,
    cause: { code: "ENOENT" },
  });
  if (process.getuid?.() === 0) return; // Who may read everything.
  const { path } = await fileOf(32);
  await chmod(path, 0);
  expect(await failureOf(readSecret({ file: path }))).toMatchObject({
    detail: "cache_no_encryption",
    message: expect.stringMatching(/\(EACCES\).*readable for this user/) as string,
  });
});

test.runIf(process.platform === "linux")(
  "a folder, a device and a pipe are no key file, and are not waited for",
  async () => {
    const folder = await temporaryFolder();
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    for (const file of [folder, "/dev/zero", "/dev/null", pipe]) {
      expect(await failureOf(readSecret({ file }))).toMatchObject({
        detail: "cache_no_encryption",
        message: expect.stringContaining(`key file ${file} is no regular file`) as string,
      });
    }
  },
);

test("a file that is far too long is another one", async () => {
  const { path } = await fileOf(1024 * 1024 + 1);
  expect(await failureOf(readSecret({ file: path }))).toMatchObject({
    message: expect.stringMatching(/is no regular file of at most 1 MB/) as string,
  });
});

test("a relative path is told in full", async () => {
  expect(await failureOf(readSecret({ file: "no-such.key" }))).toMatchObject({
    message: expect.stringContaining(join(process.cwd(), "no-such.key")) as string,
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
