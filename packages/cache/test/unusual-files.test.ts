import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, lstat, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { expectWithin, timeOf } from "../../../tools/measure/expect-within.ts";
import {
  cacheFixture,
  failureOf,
  filesIn,
  RECORD_NAME,
  save,
  temporaryFolder,
  text,
  type CacheFixture,
} from "./support/cache-fixture.ts";
import { fixedKeyStore } from "./support/fixed-key-store.ts";
import { runChild } from "./support/run-child.ts";
import { oneRecord } from "./support/one-record.ts";
import { openRecord } from "./support/open-record.ts";

/** What the program save.ts says. */
interface Outcome {
  readonly read: string;
  readonly saved: string;
  readonly warnings: readonly string[];
}

const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;

/** What may lie at the cache's path without being a file of ours. */
const UNUSUAL: Record<string, (fixture: CacheFixture) => Promise<void> | void> = {
  "a link to a file": async ({ directory, file }) => {
    await writeFile(join(directory, "victim"), "victim", { mode: 0o644 });
    await symlink(join(directory, "victim"), file);
  },
  "a link to nothing": ({ directory, file }) => symlink(join(directory, "victim"), file),
  "a link to a device": ({ file }) => symlink("/dev/zero", file),
  "a folder": async ({ file }) => void (await mkdir(file)),
  "a FIFO": ({ file }) => void execFileSync("mkfifo", [file]),
  "a socket": async ({ file }) => {
    const server = createServer().listen(file);
    await once(server, "listening");
    onTestFinished(() => void server.close());
  },
};

describe.runIf(process.platform !== "win32")("at the cache's path", () => {
  test.each(Object.keys(UNUSUAL))(
    "%s is refused at once and left as it is, and costs no other account",
    async (kind) => {
      const fixture = await cacheFixture();
      await save(fixture.open(), "before");
      await save(oneRecord(fixture.open().store, "another account"), "stays");
      await rm(fixture.file);
      await UNUSUAL[kind]!(fixture);
      const before = await lstat(fixture.file);
      const names = await fixture.names();
      const refused = (call: () => Promise<unknown>): Promise<void> =>
        expectWithin(100, () =>
          timeOf(async () => {
            expect(await failureOf(call())).toMatchObject({ code: "cache", detail: "cache_not_regular" });
          }),
        );
      await refused(() => fixture.open().read());
      await refused(() => save(fixture.open(), "content"));
      expect(await fixture.names()).toEqual(names);
      const other = oneRecord(fixture.open().store, "another account");
      expect(text(await other.read())).toBe("stays");
      await save(other, "renewed");
      expect((await other.store.list()).map(({ key }) => key)).toContain("another account");
      await refused(() => fixture.open().clear());
      const { mode, ino } = await lstat(fixture.file);
      expect({ mode, ino }).toEqual({ mode: before.mode, ino: before.ino });
      if (names.includes("victim")) {
        expect(await readFile(join(fixture.directory, "victim"), "utf8")).toBe("victim");
        expect((await stat(join(fixture.directory, "victim"))).mode & 0o777).toBe(0o644);
      }
    },
  );

  test("a link at a temporary file's place is not followed, and does not stop a save", async () => {
    const { directory, open, names } = await cacheFixture();
    await save(open(), "before");
    await symlink(
      "/dev/full",
      join(directory, "test.accounts", "aside", `${RECORD_NAME}.${"0".repeat(24)}.tmp`),
    );
    await save(open(), "content");
    expect(text(await open().read())).toBe("content");
    expect(await names()).toContain(join("test.accounts", RECORD_NAME));
  });

  test.runIf(isRoot)(
    "another user's file is not used, even if it can be read (runs as root only)",
    async () => {
      const { file, open } = await cacheFixture();
      await save(open(), "theirs");
      await chown(file, NOBODY, NOBODY);
      const before = await readFile(file);
      for (const call of [open().read(), save(open(), "mine")]) {
        expect(await failureOf(call)).toMatchObject({ detail: "cache_unreadable" });
      }
      expect(await readFile(file)).toEqual(before);
    },
  );

  test.runIf(isRoot)("root saves nothing into another user's folder (runs as root only)", async () => {
    const { directory, open, names } = await cacheFixture();
    await chown(directory, NOBODY, NOBODY);
    expect(await failureOf(save(open(), "x"))).toMatchObject({ detail: "cache_unwritable" });
    expect(await names()).toEqual([]);
  });
});

describe.runIf(isRoot)("another user, whom modes bind (runs as root only)", () => {
  test("reads a cache in a read-only folder, and says that it cannot save", async () => {
    const directory = await nobodysFolder();
    const args = [directory, "new"];
    expect(await runChild<Outcome>("save", args, { uid: NOBODY })).toMatchObject({
      read: "empty",
      saved: "done",
    });
    for (const folder of [
      join(directory, "test.accounts", "aside"),
      join(directory, "test.accounts"),
      directory,
    ]) {
      await chmod(folder, 0o500);
    }
    onTestFinished(() => chmod(directory, 0o700).then(() => chmod(join(directory, "test.accounts"), 0o700)));
    const before = await readFile(fileIn(directory));
    const outcome = await runChild<Outcome>("save", args, { uid: NOBODY });
    expect(outcome).toEqual({ read: "new", saved: "cache_unwritable", warnings: [] });
    expect(await readFile(fileIn(directory))).toEqual(before);
  });

  test("is told of a file that it cannot read, and of a folder that it cannot enter", async () => {
    const directory = await nobodysFolder();
    await runChild<Outcome>("save", [directory, "x"], { uid: NOBODY });
    await chmod(fileIn(directory), 0);
    const unreadable = { read: "cache_unreadable", saved: "cache_unreadable" };
    expect(await runChild("save", [directory, "y"], { uid: NOBODY })).toMatchObject(unreadable);
    await chmod(directory, 0);
    const closed = await runChild<Outcome>("save", [directory, "y"], { uid: NOBODY });
    expect(closed.read).toBe("cache_unreadable");
    expect(["cache_unreadable", "cache_unwritable"]).toContain(closed.saved);
  });

  test("does not use root's cache", async () => {
    const directory = await nobodysFolder();
    await runChild<Outcome>("save", [directory, "x"], { uid: NOBODY });
    const file = fileIn(directory);
    await rm(file);
    await writeFile(file, "root's", { mode: 0o644 });
    const outcome = await runChild<Outcome>("save", [directory, "y"], { uid: NOBODY });
    expect(outcome).toMatchObject({ read: "cache_unreadable", saved: "cache_unreadable" });
    expect(await readFile(file, "utf8")).toBe("root's");
  });
});

describe("a disk without space", () => {
  test.runIf(process.platform === "linux" && isRoot)(
    "costs the new record only: the others and the old one are whole, and nothing else is left (mounts a small tmpfs: Linux, as root only)",
    async ({ skip }) => {
      const directory = await temporaryFolder();
      if (!mountTmpfs(directory)) return skip("no tmpfs can be mounted in this sandbox");
      const cache = openRecord({ name: "test", directory, keyStore: fixedKeyStore });
      await save(cache, "kept");
      const before = await readFile(fileIn(directory));
      const other = oneRecord(cache.store, "another account");
      expect(await failureOf(save(other, "x".repeat(100_000)))).toMatchObject({
        detail: "cache_unwritable",
        message: expect.stringContaining("ENOSPC") as string,
        cause: { code: "ENOSPC" },
      });
      expect(await failureOf(save(cache, "x".repeat(100_000)))).toMatchObject({ detail: "cache_unwritable" });
      expect(await readFile(fileIn(directory))).toEqual(before);
      expect(await filesIn(directory)).toEqual(
        [RECORD_NAME, "head", "index"].map((name) => join("test.accounts", name)).sort(),
      );
      await save(cache, "goes on");
      expect(text(await cache.read())).toBe("goes on");
    },
  );
});

function fileIn(directory: string): string {
  return join(directory, "test.accounts", RECORD_NAME);
}

function mountTmpfs(directory: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", directory], {
      stdio: "ignore",
    });
  } catch {
    // A container without CAP_SYS_ADMIN; the caller says that the test is skipped.
    return false;
  }
  onTestFinished(() => void execFileSync("umount", [directory]));
  return true;
}

async function nobodysFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await chown(folder, NOBODY, NOBODY);
  onTestFinished(() => chmod(folder, 0o700).then(() => rm(folder, { recursive: true })));
  return folder;
}
