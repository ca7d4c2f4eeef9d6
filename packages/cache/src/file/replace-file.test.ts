import fs from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { bytes, failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { openBelow } from "../../test/support/open-below.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import { putFile, replaceFile } from "./replace-file.ts";

let path: string;
beforeEach(async () => {
  path = join(await temporaryFolder(), "file");
});

const names = (): Promise<string[]> => readdir(dirname(path));
const content = (): Promise<string> => readFile(path, "utf8");
const PARTS = [bytes("one "), bytes("two "), bytes("three")];

describe("a file is replaced", () => {
  test("as a whole, private, and known by what is returned", async () => {
    const identity = await replaceFile(path, PARTS, undefined);
    expect(await content()).toBe("one two three");
    expect(identity).toBe(await identityAt(path));
    if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
    const next = await replaceFile(path, [bytes("next")], identity);
    expect(await content()).toBe("next");
    expect(next).not.toBe(identity);
    expect(await names()).toEqual(["file"]);
  });

  test("by one that is written in the folder that is named, else beside it", async () => {
    const aside = join(dirname(path), "aside");
    await mkdir(aside);
    const open = vi.spyOn(fs, "open");
    onTestFinished(() => open.mockRestore());
    await replaceFile(path, PARTS, undefined, aside);
    await replaceFile(path, PARTS, await identityAt(path));
    const [first, second] = open.mock.calls.map(([opened]) => String(opened));
    expect([dirname(first!), dirname(second!)]).toEqual([aside, dirname(path)]);
    for (const temporary of [first!, second!])
      expect(basename(temporary)).toMatch(/^file\.[0-9a-f]{24}\.tmp$/);
    expect(first).not.toBe(second);
    expect(await readdir(aside)).toEqual([]);
  });

  test.each<[string, () => Promise<string | undefined>]>([
    ["is another one", async () => `${await identityAt(path)}0`],
    ["should not be there", () => Promise.resolve(undefined)],
    [
      "is gone",
      async () => {
        const identity = await identityAt(path);
        await rm(path);
        return identity;
      },
    ],
  ])("unless what is there %s: that is told, and nothing is changed or left", async (_, expected) => {
    await writeFile(path, "theirs");
    const replaced = await expected();
    const before = await names();
    expect(await failureOf(replaceFile(path, PARTS, replaced))).toMatchObject({
      code: "cache",
      detail: "cache_locked",
      message: expect.stringMatching(/its lock does not reach.*between machines or containers/) as string,
    });
    expect(await names()).toEqual(before);
    if (before.length > 0) expect(await content()).toBe("theirs");
  });

  test("and put on the disk before it is there, and its folder after", async () => {
    const order: string[] = [];
    const { fsync, rename } = fs;
    const syncing = vi.spyOn(fs, "fsync").mockImplementation((descriptor, done) => {
      order.push(fs.fstatSync(descriptor).isDirectory() ? "folder on disk" : "file on disk");
      fsync(descriptor, done);
    });
    const renaming = vi.spyOn(fs, "rename").mockImplementation((from, to, done) => {
      order.push("renamed");
      rename(from, to, done);
    });
    onTestFinished(() => void (syncing.mockRestore(), renaming.mockRestore()));
    await replaceFile(path, PARTS, undefined);
    expect(order).toEqual(
      process.platform === "win32"
        ? ["file on disk", "renamed"]
        : ["file on disk", "renamed", "folder on disk"],
    );
  });

  test.runIf(process.platform !== "win32")(
    "and where its folder cannot be put on the disk, that is told",
    async () => {
      const { fsync } = fs;
      const syncing = vi.spyOn(fs, "fsync").mockImplementation((descriptor, done) => {
        if (!fs.fstatSync(descriptor).isDirectory()) return fsync(descriptor, done);
        done(Object.assign(new Error("I/O error"), { code: "EIO" }));
      });
      onTestFinished(() => syncing.mockRestore());
      expect(await failureOf(replaceFile(path, PARTS, undefined))).toMatchObject({
        detail: "cache_unwritable",
        message: expect.stringContaining("(EIO)") as string,
      });
    },
  );
});

test("nothing stays open", async () => {
  await replaceFile(path, PARTS, undefined);
  await failureOf(replaceFile(path, PARTS, undefined));
  expect(await openBelow(dirname(path))).toEqual([]);
});

describe("a file that cannot be put", () => {
  test("leaves nothing, and why is told", async () => {
    await mkdir(path);
    expect(await failureOf(putFile(path, PARTS, dirname(path)))).toMatchObject({
      code: "cache",
      detail: "cache_unwritable",
      cause: { code: expect.stringMatching(/^E(?:ISDIR|EXIST|NOTEMPTY|PERM)$/) as string },
    });
    expect(await names()).toEqual(["file"]);
  });

  test("since there is no folder to write it in, removes nothing", async () => {
    const unlink = vi.spyOn(fs, "unlink");
    onTestFinished(() => unlink.mockRestore());
    const failure = await failureOf(putFile(path, PARTS, join(dirname(path), "none")));
    expect(failure).toMatchObject({ detail: "cache_unwritable", cause: { code: "ENOENT" } });
    expect(unlink).not.toHaveBeenCalled();
  });

  test("for the fault of whoever looks at it before is that fault's", async () => {
    let seen: string | undefined;
    const fault = new Error("its own");
    const failure = await failureOf(
      putFile(path, PARTS, dirname(path), async (file) => {
        seen = `${fs.fstatSync(file.descriptor).size}`;
        await Promise.reject(fault);
      }),
    );
    expect(failure).toMatchObject({ detail: "cache_unwritable", cause: fault });
    expect(seen).toBe("13");
    expect(await names()).toEqual([]);
  });

  test("and whose rest cannot be removed is told by its first fault", async () => {
    const unlink = vi.spyOn(fs, "unlink").mockImplementation((_, done) => done(new Error("second")));
    onTestFinished(() => unlink.mockRestore());
    await mkdir(path);
    const failure = await failureOf(putFile(path, PARTS, dirname(path)));
    expect(String(failure.cause)).not.toContain("second");
  });
});

describe("what another program has open on Windows", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] });
    vi.spyOn(Math, "random").mockReturnValue(1);
    vi.advanceTimersByTime(10_000);
    onTestFinished(() => void (vi.useRealTimers(), vi.restoreAllMocks()));
  });

  /** Refuses to rename so many times; tells when that was tried. */
  function refuseRenames(times: number, code: string): { triedAt: number[] } {
    const triedAt: number[] = [];
    const { rename } = fs;
    const start = process.hrtime();
    vi.spyOn(fs, "rename").mockImplementation((from, to, done) => {
      const [seconds, nanoseconds] = process.hrtime(start);
      triedAt.push(Math.round(seconds * 1000 + nanoseconds / 1e6));
      if (triedAt.length > times) return rename(from, to, done);
      done(Object.assign(new Error("refused"), { code }));
    });
    return { triedAt };
  }

  function platform(name: NodeJS.Platform): void {
    vi.spyOn(process, "platform", "get").mockReturnValue(name);
  }

  /** Waits in a time that passes by itself. */
  async function waited<T>(call: Promise<T>): Promise<T> {
    const is = { open: true };
    const end = (): void => void (is.open = false);
    call.then(end, end);
    for (let turns = 0; is.open; turns += 1) {
      if (turns > 10_000) throw new Error("The file is waited for without end");
      await new Promise(setImmediate);
      await vi.advanceTimersToNextTimerAsync();
    }
    return call;
  }

  test.each(["EPERM", "EACCES", "EBUSY"])(
    "is tried again, after pauses that grow to 30 ms: %s",
    async (code) => {
      platform("win32");
      const { triedAt } = refuseRenames(8, code);
      await waited(putFile(path, PARTS, dirname(path)));
      expect(await content()).toBe("one two three");
      expect(triedAt.slice(1).map((at, index) => at - triedAt[index]!)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
      expect(await names()).toEqual(["file"]);
    },
  );

  test("is tried out of step with whoever reads again and again", async () => {
    platform("win32");
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    const { triedAt } = refuseRenames(8, "EBUSY");
    await waited(putFile(path, PARTS, dirname(path)));
    expect(triedAt.at(-1)! - triedAt.at(-2)!).toBe(15);
  });

  test("is given up after 3 s", async () => {
    platform("win32");
    const { triedAt } = refuseRenames(Infinity, "EBUSY");
    const failure = await waited(failureOf(putFile(path, PARTS, dirname(path))));
    expect(failure).toMatchObject({ detail: "cache_unwritable", cause: { code: "EBUSY" } });
    expect(triedAt.at(-1)).toBeGreaterThan(3000);
    expect(triedAt.at(-1)).toBeLessThanOrEqual(3030);
    expect(await names()).toEqual([]);
  });

  test.each([
    ["linux", "EBUSY"],
    ["win32", "EIO"],
  ] as const)("is all that is tried again: not %s's %s", async (system, code) => {
    platform(system);
    const { triedAt } = refuseRenames(1, code);
    const failure = await waited(failureOf(putFile(path, PARTS, dirname(path))));
    expect(failure).toMatchObject({ detail: "cache_unwritable", cause: { code } });
    expect(triedAt).toHaveLength(1);
  });
});
