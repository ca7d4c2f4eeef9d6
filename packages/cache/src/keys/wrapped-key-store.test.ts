import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import type { CacheKey } from "./cache-key.ts";
import { wrappedKeyStore as store, type KeyFile } from "./wrapped-key-store.ts";
import type { KeyStore } from "./key-store.ts";

const wrappedKeyStore = (key: CacheKey, file: KeyFile): KeyStore => store(key, file, () => {});

/** The secret "kept" as a version of today has wrapped it. */
const OF_BYTES = "entrada-key:1:hkdf:e7w/rzZcC4SkFnBvj8ytjCXCdRlo3deomC7FoKk9m9UCBsESsdQKYx/aNxPGtLXs";
const OF_PASSPHRASE = "entrada-key:1:scrypt:zVhKnUPWKb5rod9XEv5qkME5dp+xcJWxU/U/lfmsjzjziGg1Q84JcEYJRMhVmgoC";
const BYTES = Buffer.alloc(32, 7);
const PASSPHRASE = { passphrase: "a passphrase of some length" };

function memoryFile(content?: string): KeyFile & { content: Buffer | undefined } {
  return {
    content: content === undefined ? undefined : Buffer.from(content),
    read() {
      return Promise.resolve(this.content);
    },
    write(written) {
      this.content = written;
      return Promise.resolve();
    },
    remove() {
      this.content = undefined;
      return Promise.resolve();
    },
  };
}

/** Changes one byte of what is in the file behind the words. */
function damaged(line: string, at: number): string {
  const words = /^.*:/.exec(line)![0];
  const bytes = Buffer.from(line.slice(words.length), "base64");
  const place = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  return `${words}${bytes.toString("base64")}\n`;
}

describe.each<[string, CacheKey, string, string]>([
  ["bytes", BYTES, OF_BYTES, "given `key`"],
  ["a passphrase", PASSPHRASE, OF_PASSPHRASE, "passphrase"],
])("a key that is wrapped with %s", (_, key, line, name) => {
  test("is read back from one line, which is another each time and shows nothing", async () => {
    const [one, other] = [memoryFile(), memoryFile()];
    for (const file of [one, other]) {
      await wrappedKeyStore(key, file).write("secret-marker ü");
      expect(file.content!.toString()).toMatch(/^entrada-key:1:(scrypt|hkdf):[A-Za-z0-9+/]+=*\n$/);
      expect(Buffer.from(file.content!.toString().split(":")[3]!, "base64").includes("marker")).toBe(false);
      expect(await wrappedKeyStore(key, file).read()).toBe("secret-marker ü");
    }
    expect(one.content).not.toEqual(other.content);
    await wrappedKeyStore(key, one).remove();
    expect(one.content).toBeUndefined();
    expect(await wrappedKeyStore(key, one).read()).toBeUndefined();
  });

  test("is read by all versions, also where the line's end was lost", async () => {
    for (const end of ["", "\n"])
      expect(await wrappedKeyStore(key, memoryFile(`${line}${end}`)).read()).toBe("kept");
  });

  test("is opened by nothing else, which is told by its name", async () => {
    const others: CacheKey[] = key === BYTES ? [randomBytes(32)] : [{ passphrase: "another" }];
    for (const other of others) {
      expect(await failureOf(wrappedKeyStore(other, memoryFile(line)).read())).toMatchObject({
        code: "cache",
        detail: "cache_unreadable",
        message: expect.stringContaining(`The ${name} does not open the key`) as string,
      });
    }
  });

  test("and is damaged anywhere, salt, nonce, content or seal, is not opened", async () => {
    for (const at of [0, 15, 16, 27, 28, -17, -16, -1]) {
      const failure = await failureOf(wrappedKeyStore(key, memoryFile(damaged(line, at))).read());
      expect(failure, `byte ${at}`).toMatchObject({ detail: "cache_unreadable" });
    }
  });

  test("is told from one that was wrapped otherwise", async () => {
    const others: CacheKey[] = [key === BYTES ? PASSPHRASE : BYTES, { tpm: true }];
    for (const other of others) {
      expect(await failureOf(wrappedKeyStore(other, memoryFile(line)).read())).toMatchObject({
        detail: "cache_unreadable",
        message: expect.stringMatching(/another form of `key`.*same `key` as before/) as string,
      });
    }
    const ofTpm = memoryFile("entrada-key:1:systemd-creds:AAAA\n");
    expect(await failureOf(wrappedKeyStore(key, ofTpm).read())).toMatchObject({
      message: expect.stringContaining("another form of `key`") as string,
    });
  });
});

test.each([
  ["", "nothing"],
  ["junk", "junk"],
  [` ${OF_BYTES}`, "something before it"],
  [`${OF_BYTES}\n\n`, "another line"],
  [OF_BYTES.replace(":1:", ":0:"), "a version that never was"],
  [` ${OF_BYTES.replace(":1:", ":2:")}`, "something before a version to come"],
  ["entrada-key:1:hkdf:\n", "no bytes"],
  [`entrada-key:1:hkdf:${Buffer.alloc(43).toString("base64")}\n`, "too few bytes for a seal"],
])("a file with %j is damaged: %s", async (content) => {
  expect(await failureOf(wrappedKeyStore(BYTES, memoryFile(content)).read())).toMatchObject({
    code: "cache",
    detail: "cache_unreadable",
    message: expect.stringMatching(/"key" in the folder.* is damaged\. Put it back/) as string,
  });
});

test.each([2, 10])("a file of version %d is left to who can read it", async (version) => {
  const file = memoryFile(OF_BYTES.replace(":1:", `:${version}:another-way:`));
  expect(await failureOf(wrappedKeyStore(BYTES, file).read())).toMatchObject({
    code: "cache",
    detail: "cache_version",
    message: expect.stringMatching(/newer version.*Update @entrada\/cache/) as string,
  });
});

test("a secret of no letters is one, too", async () => {
  const file = memoryFile();
  await wrappedKeyStore(BYTES, file).write("");
  expect(Buffer.from(file.content!.toString().split(":")[3]!, "base64")).toHaveLength(16 + 12 + 16);
  expect(await wrappedKeyStore(BYTES, file).read()).toBe("");
});

test("where there is no file yet, whether there can be a key is told at once", async () => {
  const file = memoryFile();
  expect(await wrappedKeyStore(BYTES, file).read()).toBeUndefined();
  const failure = await failureOf(wrappedKeyStore({ file: "/nowhere/key" }, file).read());
  expect(failure).toMatchObject({ detail: "cache_no_encryption" });
});
