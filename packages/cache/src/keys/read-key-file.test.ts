import { execFileSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { chmod, chown, stat, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { keyFileOf } from "../../test/support/key-file-of.ts";
import type { CacheWarning } from "../cache-warning.ts";
import { readKeyFile } from "./read-key-file.ts";

const GREATEST = 1024 * 1024;
const REMEDY = "Make one";

const read = (path: string, warn?: (warning: CacheWarning) => void): Promise<Uint8Array> =>
  readKeyFile({ path, name: `key file ${path}`, remedy: REMEDY, ...(warn && { warn }) });

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [31, "31 bytes"],
])("a file with fewer than 32 bytes is no key: %d", async (length, told) => {
  const { path } = await keyFileOf(length);
  expect(await failureOf(read(path))).toMatchObject({
    code: "cache",
    detail: "cache_no_encryption",
    message: expect.stringContaining(
      `key file ${path} has ${told}: at least 32 random ones are needed`,
    ) as string,
    hint: REMEDY,
  });
});

test("a file of 1 MB is a key, and one byte more is none", async () => {
  const { path, bytes } = await keyFileOf(GREATEST);
  expect((await read(path)).length).toBe(bytes.length);
  const longer = await keyFileOf(GREATEST + 1);
  expect(await failureOf(read(longer.path))).toMatchObject({
    detail: "cache_no_encryption",
    message: expect.stringContaining("no regular file of at most 1 MB") as string,
  });
});

test.runIf(process.platform === "linux")("a file is closed when it has been read, or was none", async () => {
  const { path } = await keyFileOf(32);
  const short = await keyFileOf(31);
  await read(path);
  await failureOf(read(short.path));
  const open = readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return []; // closed meanwhile
    }
  });
  expect(open).not.toContain(path);
  expect(open).not.toContain(short.path);
});

describe.runIf(process.platform === "linux")("what is no key file (Linux only)", () => {
  test("is not waited for: a folder, a device, a pipe, a socket, links in a circle", async () => {
    const folder = await temporaryFolder();
    const [pipe, socket, circle] = ["pipe", "socket", "circle"].map((name) => join(folder, name));
    execFileSync("mkfifo", [pipe!]);
    await symlink(circle!, circle!);
    const server = createServer().listen(socket);
    await once(server, "listening");
    onTestFinished(() => void server.close());
    for (const path of [folder, "/dev/zero", "/dev/null", pipe!, socket!, circle!]) {
      expect(await failureOf(read(path)), path).toMatchObject({
        detail: "cache_no_encryption",
        message: expect.stringContaining(`key file ${path} is no regular file`) as string,
        hint: REMEDY,
      });
    }
  });

  test("is told with what helps against its fault", async () => {
    const { folder, path } = await keyFileOf(32);
    const locked = await keyFileOf(32);
    await chmod(locked.path, 0);
    const faults = [
      [join(folder, "none"), "ENOENT", REMEDY],
      [join(path, "below"), "ENOTDIR", "A part of its path is no folder: correct the path"],
      [join(folder, "x".repeat(300)), "ENAMETOOLONG", "The error's `cause` says why; or name another file"],
      // Root may read everything.
      ...(process.getuid?.() === 0 ? [] : [[locked.path, "EACCES", "Make it readable for this user"]]),
    ] as const;
    for (const [file, code, hint] of faults) {
      const failure = await failureOf(read(file!));
      expect(failure, code).toMatchObject({ detail: "cache_no_encryption", hint, cause: { code } });
      expect(failure.message).toContain(`could not be read (${code})`);
    }
  });
});

describe.runIf(process.platform !== "win32")("who else may use a key file", () => {
  /** What is told of a file of this mode. */
  async function toldOf(mode: number, owner?: number): Promise<{ path: string; told: CacheWarning[] }> {
    const { path } = await keyFileOf(32);
    await chmod(path, mode);
    if (owner !== undefined) await chown(path, owner, owner);
    const told: CacheWarning[] = [];
    await read(path, (warning) => told.push(warning));
    return { path, told };
  }

  test.each([0o400, 0o600, 0o700])("is nobody with mode %o", async (mode) => {
    expect((await toldOf(mode)).told).toEqual([]);
  });

  test.each([0o640, 0o620, 0o604, 0o602, 0o644, 0o666, 0o440])(
    "is told with mode %o, and what it says to do is enough",
    async (mode) => {
      const { path, told } = await toldOf(mode);
      expect(told).toMatchObject([{ code: "cache_key_permissions" }]);
      expect(told[0]!.message).toContain(path);
      const [, command] = /`(chmod [^`]*)`/.exec(told[0]!.message)!;
      execFileSync("sh", ["-c", command!]);
      expect((await stat(path)).mode & 0o777).toBe(mode & 0o700);
      await read(path, (warning) => expect.fail(warning.message));
    },
  );

  test.runIf(process.getuid?.() === 0)(
    "of somebody else's file its group may: that is how it was given",
    async () => {
      expect((await toldOf(0o440, 1234)).told).toEqual([]);
      const { path, told } = await toldOf(0o444, 1234);
      expect(told).toMatchObject([{ code: "cache_key_permissions" }]);
      const [, command] = /`(chmod [^`]*)`/.exec(told[0]!.message)!;
      execFileSync("sh", ["-c", command!]);
      expect((await stat(path)).mode & 0o777).toBe(0o440);
    },
  );

  test("is not told where a system knows no owners", async () => {
    const { geteuid } = process;
    onTestFinished(() => void Object.assign(process, { geteuid }));
    Object.assign(process, { geteuid: undefined });
    expect((await toldOf(0o666)).told).toEqual([]);
  });

  test("is not asked of a credential, which systemd sees to", async () => {
    const { path, bytes } = await keyFileOf(32);
    await chmod(path, 0o444);
    expect(await read(path)).toEqual(bytes);
  });
});
