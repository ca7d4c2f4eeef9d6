import { describeTokenCacheStore } from "@entrada/core/testing";
import { randomBytes } from "node:crypto";
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";
import { cachePath } from "../src/file/cache-path.ts";
import { putAside } from "../src/file/leftovers.ts";
import { sealWhole } from "./support/seal-whole.ts";
import { bytes, cacheFixture, failureOf, save, temporaryFolder, text } from "./support/cache-fixture.ts";
import { startChild } from "./support/run-child.ts";
import type { Settled } from "./children/settle.ts";
import { describeStore } from "./support/store-contract.ts";
import { fixedKeyStore } from "./support/fixed-key-store.ts";
import { openRecord } from "./support/open-record.ts";

describeTokenCacheStore("persistentTokenCache", async () => {
  const { open } = await cacheFixture();
  return { open: () => open().store };
});
describeStore("persistentTokenCache", async () => {
  const { open } = await cacheFixture();
  return open;
});

describe("construction", () => {
  test("touches nothing and loads no keyring", async () => {
    const { directory, open, keys } = await cacheFixture();
    await rm(directory, { recursive: true });
    open();
    await expect(stat(directory)).rejects.toThrow("ENOENT");
    expect(keys.calls).toBe(0);
  });

  test("caches of different names share nothing", async () => {
    const { open, names } = await cacheFixture();
    await save(open(), "mine");
    const other = open({ name: "other" });
    expect(await other.read()).toBeUndefined();
    await save(other, "theirs");
    expect(text(await open().read())).toBe("mine");
    expect(await names()).toEqual(["other.cache", "test.cache"]);
  });

  test("a folder of its own means a key of its own", async () => {
    const accounts: string[] = [];
    const keyStore = ({ account }: { account: string }) => {
      accounts.push(account);
      return fixedKeyStore();
    };
    for (const directory of [await temporaryFolder(), await temporaryFolder()]) {
      await save(openRecord({ name: "test", directory, keyStore }), "x");
    }
    expect(accounts[0]).toMatch(/^test@[0-9a-f]{16}$/);
    expect(new Set(accounts).size).toBe(2);
  });
});

describe("reading", () => {
  test("a read finds a change whatever the clock says", async () => {
    const { file, open } = await cacheFixture();
    const cache = open();
    await save(cache, "one");
    const { atime, mtime } = await stat(file);
    await cache.read();
    await save(open(), "two");
    await utimes(file, atime, mtime);
    expect(text(await cache.read())).toBe("two");
    await save(open(), "six");
    await utimes(file, 0, 0);
    expect(text(await cache.read())).toBe("six");
  });

  test("a file that went back to an older save is read anew", async () => {
    const { directory, file, open } = await cacheFixture();
    const cache = open();
    await save(cache, "one");
    await copyFile(file, join(directory, "backup"));
    await save(cache, "two");
    await copyFile(join(directory, "backup"), file);
    expect(text(await cache.read())).toBe("one");
  });
});

describe("saving", () => {
  test("a read that failed does not count", async () => {
    const { file, open, keys } = await cacheFixture();
    await save(open(), "kept");
    const before = await readFile(file);
    keys.secret = undefined;
    const cache = open();
    const access = cache.withLock(async () => {
      await cache.read().catch(() => {});
      await cache.write(bytes("lost"));
    });
    expect(await failureOf(access)).toMatchObject({ detail: "cache_unwritable" });
    expect(await readFile(file)).toEqual(before);
  });

  test("a write without a read, of what cannot be read, is refused, too", async () => {
    const { file, open, keys } = await cacheFixture();
    await save(open(), "kept");
    const before = await readFile(file);
    keys.secret = undefined;
    const cache = open();
    for (const access of [cache.withLock(() => cache.write(bytes("lost"))), cache.write(bytes("lost"))]) {
      expect(await failureOf(access)).toMatchObject({ code: "cache", detail: "cache_unreadable" });
    }
    expect(await readFile(file)).toEqual(before);
  });

  test("a failed read is not made good by the write that follows", async () => {
    const { open, keys } = await cacheFixture();
    await save(open(), "kept");
    const { secret } = keys;
    const cache = open();
    const access = cache.withLock(async () => {
      keys.secret = undefined;
      await cache.read().catch(() => {});
      keys.secret = secret;
      await cache.write(bytes("lost"));
    });
    expect(await failureOf(access)).toMatchObject({ detail: "cache_unwritable" });
    expect(text(await open().read())).toBe("kept");
  });

  test("a write without a read puts a damaged file aside first", async () => {
    const { file, open, names } = await cacheFixture();
    await save(open(), "one");
    await writeFile(file, "damaged");
    await open().write(bytes("two"));
    expect(text(await open().read())).toBe("two");
    expect(await names()).toEqual(["test.cache", expect.stringMatching(/^test\.cache\.corrupt-/)]);
  });

  test("what somebody saved whom the lock does not reach is not overwritten", async () => {
    const { directory, file, open, names } = await cacheFixture();
    const cache = open();
    await save(cache, "one");
    await copyFile(file, join(directory, "elsewhere"));
    await save(cache, "two");
    const access = cache.withLock(async () => {
      await cache.read();
      await rm(file);
      await copyFile(join(directory, "elsewhere"), file);
      await cache.write(bytes("three"));
    });
    expect(await failureOf(access)).toMatchObject({ detail: "cache_locked", retryable: true });
    expect(text(await open().read())).toBe("one");
    expect(await names()).toEqual(["elsewhere", "test.cache"]);
  });

  test("temporary files of ended processes go after an hour, those of others stay", async () => {
    const { directory, open, names } = await cacheFixture();
    const [old, young, other] = [
      `test.cache.${"0".repeat(24)}.tmp`,
      `test.cache.${"1".repeat(24)}.tmp`,
      `test2.cache.${"0".repeat(24)}.tmp`,
    ];
    for (const name of [old, young, other]) await writeFile(join(directory, name), "");
    const hourAgo = Date.now() / 1000 - 3601;
    await utimes(join(directory, old), hourAgo, hourAgo);
    await utimes(join(directory, other), hourAgo, hourAgo);
    await save(open(), "x");
    expect(await names()).toEqual(["test.cache", young, other].sort());
  });
});

describe("damaged files", () => {
  test.each(badFiles())("%s is put aside, and the cache goes on", async (_, content) => {
    const { directory, file, open, warnings, names } = await cacheFixture();
    await writeFile(file, content, { mode: 0o600 });
    const cache = open();
    expect(await cache.read()).toBeUndefined();
    const [aside, ...others] = await names();
    expect(aside).toMatch(/^test\.cache\.corrupt-\d{8}T\d{9}Z-[0-9a-f]{8}$/);
    expect(others).toEqual([]);
    expect(content.equals(await readFile(join(directory, aside!)))).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(["cache_corrupt"]);
    expect(warnings[0]!.message).not.toContain(content.toString("latin1").slice(0, 8) || "nothing");
    await save(cache, "anew");
    expect(text(await open().read())).toBe("anew");
  });

  test("under the lock they are put aside as well, and count as read", async () => {
    const { file, open, names } = await cacheFixture();
    await writeFile(file, "junk");
    await save(open(), "anew");
    expect(text(await open().read())).toBe("anew");
    expect(await names()).toHaveLength(2);
  });

  test("the newest three are kept", async () => {
    const { directory, file, names } = await cacheFixture();
    const path = { ...cachePath("test", directory, () => directory), file };
    const seen = new Set<string>();
    for (let round = 0; round < 5; round++) {
      await writeFile(file, `junk ${round}`);
      await putAside(path, new Date(round));
      for (const name of await names()) seen.add(name);
    }
    expect(seen.size).toBe(5);
    expect(await names()).toEqual([...seen].slice(2));
  });

  test("while another process holds the lock the cache counts as empty, and the file stays", async () => {
    const { file, open, names } = await cacheFixture();
    await writeFile(file, "junk");
    const holder = open();
    await holder.withLock(async () => {
      expect(await open({ lockTimeoutInMs: 20 }).read()).toBeUndefined();
      expect(await names()).toEqual(["test.cache"]);
    });
  });

  test("a file of a newer version is left alone", async () => {
    const { file, open, names } = await cacheFixture();
    const { createHash } = await import("node:crypto");
    const newer = sealWhole(bytes("x"), undefined, 1n).file;
    newer.writeUInt16BE(2, 8);
    createHash("sha256").update(newer.subarray(0, 56)).digest().copy(newer, 56, 0, 8);
    await writeFile(file, newer);
    expect(await failureOf(open().read())).toMatchObject({ code: "cache", detail: "cache_version" });
    expect(await failureOf(save(open(), "mine"))).toMatchObject({ detail: "cache_version" });
    expect(await readFile(file)).toEqual(newer);
    expect(await names()).toEqual(["test.cache"]);
  });
});

describe("protection", () => {
  test("the file holds nothing of the content in clear", async () => {
    const { directory, open } = await cacheFixture();
    await save(open(), "secret-marker");
    for (const name of await readdir(directory)) {
      expect((await readFile(join(directory, name))).includes("secret-marker")).toBe(false);
    }
  });

  test.runIf(process.platform !== "win32").each([0o022, 0, 0o077])(
    "file and folder are private from their first moment under umask %o",
    async (mask) => {
      const directory = join(await temporaryFolder(), "made", "by us");
      const before = process.umask(mask);
      try {
        await save(openRecord({ name: "test", directory, keyStore: fixedKeyStore }), "x");
      } finally {
        process.umask(before);
      }
      expect((await stat(join(directory, "test.cache"))).mode & 0o777).toBe(0o600);
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
      expect((await stat(join(directory, ".."))).mode & 0o777).toBe(0o700);
    },
  );

  test.runIf(process.platform !== "win32")("a file that others could read is made private", async () => {
    const { file, open, warnings } = await cacheFixture();
    await save(open(), "x");
    await chmod(file, 0o644);
    expect(text(await open().read())).toBe("x");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(warnings).toMatchObject([{ code: "cache_permissions" }]);
  });

  test("warnings go to process.emitWarning unless somebody listens", async () => {
    const { directory, file, keys } = await cacheFixture();
    const emit = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    onTestFinished(() => emit.mockRestore());
    await writeFile(file, "junk", { mode: 0o600 });
    await openRecord({ name: "test", directory, keyStore: () => keys }).read();
    expect(emit.mock.calls).toEqual([
      [expect.any(String), { type: "EntradaWarning", code: "cache_corrupt" }],
    ]);
  });
});

describe("clear", () => {
  test("removes the file, what was put aside, what was left over, and the key", async () => {
    const { directory, file, open, keys, names } = await cacheFixture();
    const cache = open();
    await writeFile(file, "junk");
    await save(cache, "x");
    await writeFile(join(directory, `test.cache.${"0".repeat(24)}.tmp`), "");
    await writeFile(join(directory, "test2.cache"), "");
    await cache.clear();
    expect(await names()).toEqual(["test2.cache"]);
    expect(keys.secret).toBeUndefined();
    expect(await cache.read()).toBeUndefined();
    expect(await open().read()).toBeUndefined();
  });

  test("another process goes on with the new key", async () => {
    const { open } = await cacheFixture();
    const [one, two] = [open(), open()];
    await save(one, "first");
    await save(two, "second");
    await one.clear();
    await save(two, "third");
    expect(text(await one.read())).toBe("third");
    expect(text(await open().read())).toBe("third");
  });

  test("what was read before it is not saved after it", async () => {
    const { open } = await cacheFixture();
    const cache = open();
    await save(cache, "x");
    await cache.withLock(async () => {
      await cache.read();
      await cache.clear();
      await cache.write(bytes("anew"));
    });
    expect(text(await open().read())).toBe("anew");
  });

  test("a cache that is not there can be cleared", async () => {
    const { open } = await cacheFixture();
    const cache = open();
    await cache.clear();
    expect(await cache.read()).toBeUndefined();
  });
});

test("nothing stays open once a call has settled, and the process ends by itself", async () => {
  await expectWithin(200, async () => {
    const child = startChild("settle", [await temporaryFolder()]);
    const { before, after, endedAfterInMs } = JSON.parse(await child.output) as Settled;
    expect(after).toEqual(before);
    expect(await child.exitCode).toBe(0);
    return endedAfterInMs;
  });
});

test("mkdir of a missing folder is not needed to read", async () => {
  const directory = join(await temporaryFolder(), "missing");
  const cache = openRecord({ name: "test", directory, keyStore: fixedKeyStore });
  expect(await cache.read()).toBeUndefined();
  await expect(mkdir(directory)).resolves.toBeUndefined();
});

/** 60 files that are no caches. */
function badFiles(): [string, Buffer][] {
  const named: [string, Buffer][] = [
    ["an empty file", Buffer.alloc(0)],
    ["one NUL", Buffer.alloc(1)],
    ["4,096 NULs", Buffer.alloc(4096)],
    ["a byte order mark", Buffer.from("\ufeff")],
    ["20 MB of {", Buffer.alloc(20_000_000, "{")],
    ["null", Buffer.from("null")],
    ["[]", Buffer.from("[]")],
    ["{}", Buffer.from("{}")],
    ["a number", Buffer.from("42")],
    ["a text", Buffer.from('"text"')],
    [
      "MSAL's JSON",
      Buffer.from('{"Account":{},"IdToken":{},"AccessToken":{},"RefreshToken":{},"AppMetadata":{}}'),
    ],
    ["cut JSON", Buffer.from('{"Account":{"a')],
    ["line ends", Buffer.from("\r\n\r\n")],
    ["the magic alone", Buffer.from("ENTRADA\x1a")],
    ["the magic and NULs", Buffer.concat([Buffer.from("ENTRADA\x1a"), Buffer.alloc(56)])],
    ["the magic and junk", Buffer.concat([Buffer.from("ENTRADA\x1a"), Buffer.alloc(500, 0xff)])],
  ];
  for (let index = named.length; index < 60; index++)
    named.push([`junk ${index}`, randomBytes(1 + index * 7)]);
  return named;
}
