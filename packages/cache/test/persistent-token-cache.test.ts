import { describeTokenCacheStore } from "@entrada/core/testing";
import { randomBytes } from "node:crypto";
import {
  chmod,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";
import { cacheError } from "../src/cache-error.ts";
import { cachePath } from "../src/file/cache-path.ts";
import { putAside } from "../src/file/leftovers.ts";
import { recordName } from "../src/sealed/record-name.ts";
import { sealWhole } from "./support/seal-whole.ts";
import {
  bytes,
  cacheFixture,
  failureOf,
  filesIn,
  RECORD_NAME,
  save,
  temporaryFolder,
  text,
} from "./support/cache-fixture.ts";
import { oneRecord } from "./support/one-record.ts";
import { startChild } from "./support/run-child.ts";
import type { Settled } from "./children/settle.ts";
import { describeStore } from "./support/store-contract.ts";
import { FIXED_KEY, fixedKeyStore } from "./support/fixed-key-store.ts";
import { openRecord } from "./support/open-record.ts";

describeTokenCacheStore("persistentTokenCache", async () => {
  const { open } = await cacheFixture();
  return { open: () => open().store };
});
describeStore("persistentTokenCache", async () => {
  const { open } = await cacheFixture();
  return open;
});

/** The files of a cache with one record, sorted by path. */
const RECORD_FILES = [RECORD_NAME, "head", "index"].map((name) => join("test.accounts", name)).sort();
const ASIDE = expect.stringMatching(/^test\.accounts.aside.[0-9a-f]{40}\.corrupt-/) as unknown as string;

describe("construction", () => {
  test("touches nothing and loads no keyring", async () => {
    const { directory, open, keys } = await cacheFixture();
    await rm(directory, { recursive: true });
    open();
    await expect(stat(directory)).rejects.toThrow("ENOENT");
    expect(keys.calls).toBe(0);
  });

  test("caches of different names share nothing", async () => {
    const { directory, open } = await cacheFixture();
    await save(open(), "mine");
    const other = open({ name: "other" });
    expect(await other.read()).toBeUndefined();
    await save(other, "theirs");
    expect(text(await open().read())).toBe("mine");
    expect((await readdir(directory)).sort()).toEqual(["other.accounts", "test.accounts"]);
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
    const { file, folder, open } = await cacheFixture();
    await save(open(), "kept");
    const cache = open();
    const access = cache.withLock(async () => {
      await rename(file, join(folder, "away"));
      await mkdir(file);
      await cache.read().catch(() => {});
      await rmdir(file);
      await rename(join(folder, "away"), file);
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
    expect(await names()).toEqual([ASIDE, ...RECORD_FILES]);
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
    expect(await names()).toEqual(["elsewhere", ...RECORD_FILES]);
  });

  test("A4: what an ended process left is swept by the next save of any account, what a living one writes is not", async () => {
    const { folder, open, names } = await cacheFixture();
    await save(open(), "x");
    const other = oneRecord(open().store, "another account");
    const left = Array.from({ length: 13 }, (_, n) =>
      join("aside", `${recordName(FIXED_KEY, String(n))}.${"0".repeat(24)}.tmp`),
    );
    const used = join("aside", `${RECORD_NAME}.${"1".repeat(24)}.tmp`);
    for (const name of [...left, used]) await writeFile(join(folder, name), "");
    await open().withLock(() => save(other, "y"));
    expect((await names()).filter((name) => name.endsWith(".tmp"))).toEqual([join("test.accounts", used)]);
    await save(oneRecord(open().store, "another account"), "z");
    expect((await names()).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("of two accounts one has its lock while the other saves", async () => {
    const { open } = await cacheFixture();
    const one = open();
    await one.withLock(async () => {
      await one.write(bytes("mine"));
      await save(oneRecord(open({ lockTimeoutInMs: 100 }).store, "another account"), "theirs");
    });
    expect((await open().store.list()).length).toBe(2);
  });
});

describe("damaged files", () => {
  test.each(badFiles())(
    "%s costs its account alone: it is put aside, and the cache goes on",
    async (_, content) => {
      const { directory, file, open, warnings, names } = await cacheFixture();
      await save(open(), "before");
      await save(oneRecord(open().store, "another account"), "stays");
      await writeFile(file, content, { mode: 0o600 });
      const cache = open();
      expect(await cache.read()).toBeUndefined();
      const [aside] = await names();
      expect(aside).toMatch(/^test\.accounts.aside.[0-9a-f]{40}\.corrupt-\d{8}T\d{9}Z-[0-9a-f]{8}$/);
      expect(text(await oneRecord(cache.store, "another account").read())).toBe("stays");
      expect((await cache.store.list()).map(({ key }) => key)).toEqual(["another account"]);
      expect(content.equals(await readFile(join(directory, aside!)))).toBe(true);
      expect(warnings.map(({ code }) => code)).toEqual(["cache_corrupt"]);
      expect(warnings[0]!.message).not.toContain(content.toString("latin1").slice(0, 8) || "nothing");
      await save(cache, "anew");
      expect(text(await open().read())).toBe("anew");
    },
  );

  test("under the lock they are put aside as well, and count as read", async () => {
    const { file, open, names } = await cacheFixture();
    await save(open(), "one");
    await writeFile(file, "junk");
    await save(open(), "anew");
    expect(text(await open().read())).toBe("anew");
    expect(await names()).toEqual([ASIDE, ...RECORD_FILES]);
  });

  test("the newest three are kept", async () => {
    const { directory, names } = await cacheFixture();
    const path = cachePath("test", directory, () => directory);
    const { file } = path;
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
    const holder = open();
    await save(holder, "before");
    await writeFile(file, "junk");
    await holder.withLock(async () => {
      expect(await open({ lockTimeoutInMs: 20 }).read()).toBeUndefined();
      expect(await names()).toEqual(RECORD_FILES);
    });
  });

  test("a file of a newer version is left alone, and costs no other account", async () => {
    const { file, open, names } = await cacheFixture();
    const { createHash } = await import("node:crypto");
    await save(open(), "older");
    await save(oneRecord(open().store, "another account"), "stays");
    const newer = sealWhole(bytes("x"), undefined, 1n).file;
    newer.writeUInt16BE(2, 8);
    createHash("sha256").update(newer.subarray(0, 56)).digest().copy(newer, 56, 0, 8);
    await writeFile(file, newer);
    expect(await failureOf(open().read())).toMatchObject({ code: "cache", detail: "cache_version" });
    expect(await failureOf(save(open(), "mine"))).toMatchObject({ detail: "cache_version" });
    expect(await readFile(file)).toEqual(newer);
    expect(await names()).toHaveLength(RECORD_FILES.length + 1);
    const other = oneRecord(open().store, "another account");
    expect(text(await other.read())).toBe("stays");
    await save(other, "renewed");
  });
});

describe("protection", () => {
  test("the file holds nothing of the content in clear", async () => {
    const { directory, open, names } = await cacheFixture();
    await open().store.write("secret-marker", bytes("secret-marker"), "secret-marker");
    for (const name of await names()) {
      expect(name).not.toContain("secret");
      expect((await readFile(join(directory, name))).includes("secret-marker")).toBe(false);
    }
  });

  // The mask is a whole process's: a test runner that runs its tests in threads cannot set it.
  test.runIf(process.platform !== "win32" && isMainThread).each([0o022, 0, 0o077])(
    "file and folder are private from their first moment under umask %o",
    async (mask) => {
      const directory = join(await temporaryFolder(), "made", "by us");
      const before = process.umask(mask);
      try {
        await save(openRecord({ name: "test", directory, keyStore: fixedKeyStore }), "x");
      } finally {
        process.umask(before);
      }
      for (const name of await filesIn(directory)) {
        expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
      }
      for (const folder of ["", "test.accounts", "test.accounts/aside"]) {
        expect((await stat(join(directory, folder))).mode & 0o777).toBe(0o700);
      }
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

  test.runIf(process.platform !== "win32")(
    "A14: a file with a second name is left as it is, and told of",
    async () => {
      const { directory, file, open, warnings } = await cacheFixture();
      await save(open(), "x");
      await chmod(file, 0o644);
      await link(file, join(directory, "second"));
      expect(text(await open().read())).toBe("x");
      expect((await stat(file)).mode & 0o777).toBe(0o644);
      expect(warnings).toMatchObject([{ code: "cache_permissions" }]);
      await save(open(), "y");
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect((await stat(join(directory, "second"))).mode & 0o777).toBe(0o644);
    },
  );

  test.runIf(process.platform !== "win32")("A14: a folder that all may write is told of", async () => {
    const { folder, open, warnings } = await cacheFixture();
    await save(open(), "x");
    await chmod(folder, 0o777);
    await save(open(), "y");
    expect(warnings).toMatchObject([{ code: "cache_permissions" }]);
  });

  test("warnings go to process.emitWarning unless somebody listens", async () => {
    const { directory, file, keys } = await cacheFixture();
    const emit = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    onTestFinished(() => emit.mockRestore());
    await save(openRecord({ name: "test", directory, keyStore: () => keys }), "x");
    await writeFile(file, "junk", { mode: 0o600 });
    await openRecord({ name: "test", directory, keyStore: () => keys }).read();
    expect(emit.mock.calls).toEqual([
      [expect.any(String), { type: "EntradaWarning", code: "cache_corrupt" }],
    ]);
  });
});

describe("clear", () => {
  test("removes the file, what was put aside, what was left over, and the key", async () => {
    const { directory, folder, file, open, keys, names } = await cacheFixture();
    const cache = open();
    await save(cache, "x");
    await writeFile(file, "junk");
    await save(cache, "x");
    await writeFile(join(folder, "aside", `${RECORD_NAME}.${"0".repeat(24)}.tmp`), "");
    await writeFile(join(directory, "test.cache"), "of an earlier version");
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

  test.each<[string, Error | undefined]>([
    ["sealed", undefined],
    ["in clear", cacheError("cache_no_encryption", "No keyring", "Install one")],
  ])(
    "nothing survives that others are saving meanwhile, at whatever moment: records %s",
    async (_, noKey) => {
      const { folder, open, keys } = await cacheFixture();
      keys.failure = noKey;
      const options = { protection: "prefer" } as const;
      for (let pause = 0; pause < 40; pause += 1) {
        const [one, other] = [open(options), open(options)];
        if (pause % 2) await save(other, "before");
        let clearing: Promise<void> | undefined;
        const saving = one.withLock(async () => {
          await one.read();
          clearing = other.clear();
          for (let turns = 0; turns < pause; turns += 1) await new Promise(setImmediate);
          await one.write(bytes("under way"));
        });
        await saving.catch((error: unknown) => expect(error).toMatchObject({ code: "cache" }));
        await clearing;
        expect(await one.store.list()).toEqual([]);
        expect((await filesIn(folder)).filter((name) => !name.endsWith(".lock"))).toEqual([]);
      }
    },
  );

  test("whoever waits for the lock meanwhile saves with the new key", async () => {
    const { open } = await cacheFixture();
    const [one, other] = [open(), open()];
    await save(one, "x");
    let waiting: Promise<void> | undefined;
    await one.withLock(async () => {
      waiting = save(other, "anew");
      for (let turns = 0; turns < 100; turns += 1) await new Promise(setImmediate);
      await one.clear();
    });
    await waiting;
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
