import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import { identityNowAt } from "./identity-now-at.ts";
import { identityAt, openRegularFile, unreadable } from "./open-regular-file.ts";

let path: string;
beforeEach(async () => {
  path = join(await temporaryFolder(), "file");
});
afterEach(() => vi.restoreAllMocks());

async function toFile(): Promise<void> {
  await writeFile(`${path}-elsewhere`, "somebody's");
  await symlink(`${path}-elsewhere`, path);
}

async function listening(): Promise<void> {
  const server = createServer().listen(path);
  onTestFinished(() => void server.close());
  await once(server, "listening");
}

describe.runIf(process.platform !== "win32")("what is no regular file is refused", () => {
  test.each<[string, () => unknown]>([
    ["a link to a file", toFile],
    ["a link to nothing", () => symlink(`${path}-elsewhere`, path)],
    ["a folder", () => mkdir(path)],
    ["a FIFO, whose writer is not waited for", () => execFileSync("mkfifo", [path])],
    ["a socket", listening],
  ])("%s", async (_, place) => {
    await place();
    const message = expect.stringContaining(`path ${path} there is no regular file`) as string;
    const refused = { code: "cache", detail: "cache_not_regular", message };
    expect(await failureOf(openRegularFile(path))).toMatchObject(refused);
    expect(await failureOf(identityAt(path))).toMatchObject(refused);
    expect(() => identityNowAt(path)).toThrow(expect.objectContaining(refused));
  });

  test("by opening it: it is not looked at before, when it could still become another", async () => {
    await writeFile(path, "ours");
    const look = vi.spyOn(fs, "lstat");
    await (await openRegularFile(path))?.file.close();
    expect(look).not.toHaveBeenCalled();
  });

  test("before it is opened where the system cannot refuse to follow a link", async () => {
    await toFile();
    vi.spyOn(process, "platform", "get").mockReturnValue("win32");
    const open = vi.spyOn(fs, "open");
    expect(await failureOf(openRegularFile(path))).toMatchObject({ detail: "cache_not_regular" });
    expect(open).not.toHaveBeenCalled();
  });
});

describe("a file of another user's", () => {
  const asUser = (user: (() => number) | undefined): void => {
    const own = Object.getOwnPropertyDescriptor(process, "geteuid");
    onTestFinished(() => {
      if (own) Object.defineProperty(process, "geteuid", own);
      else delete process.geteuid;
    });
    Object.defineProperty(process, "geteuid", { value: user, configurable: true });
  };

  test("is refused", async () => {
    await writeFile(path, "theirs");
    asUser(() => fs.statSync(path).uid + 1);
    const refused = await failureOf(openRegularFile(path));
    expect(refused).toMatchObject({ code: "cache", detail: "cache_unreadable" });
    expect(refused.message).toContain(`${path} belongs to another user`);
  });

  test("cannot be told from one's own where the system has no users of this kind", async () => {
    await writeFile(path, "ours");
    asUser(undefined);
    const opened = await openRegularFile(path);
    expect((await opened!.file.read(0, 4)).toString()).toBe("ours");
    await opened!.file.close();
  });
});

describe("what cannot be looked at", () => {
  test.runIf(process.platform !== "win32")("is no file that is missing", async () => {
    await writeFile(path, "a file, in which nothing can lie");
    const below = join(path, "file");
    const refused = { code: "cache", detail: "cache_unreadable" };
    expect(await failureOf(openRegularFile(below))).toMatchObject(refused);
    expect(await failureOf(identityAt(below))).toMatchObject(refused);
    expect(() => identityNowAt(below)).toThrow(expect.objectContaining(refused));
  });

  test("is not there where it is missing", () => {
    expect(identityNowAt(path)).toBeUndefined();
  });

  test.each(["ELOOP", "ENXIO", "EISDIR"])("is no regular file for %s", (code) => {
    const told = unreadable(path, Object.assign(new Error("x"), { code }));
    expect(told).toMatchObject({ detail: "cache_not_regular" });
    expect(told.message).toContain(path);
  });

  test.each([
    ["EACCES", /^Make it readable for this user, or/],
    ["EPERM", /^Make it readable for this user, or/],
    ["ENOTDIR", /^A part of its path is no folder/],
    ["EIO", /^The error's `cause` says why; or/],
    ["ENAMETOOLONG", /^The error's `cause` says why; or/],
    ["EMFILE", /^The error's `cause` says why; or/],
  ])("is told with its path, the system's word for it and what helps: %s", (code, hint) => {
    const told = unreadable(path, Object.assign(new Error("x"), { code }));
    expect(told).toMatchObject({ detail: "cache_unreadable", hint: expect.stringMatching(hint) as string });
    expect(told.message).toContain(`${path} could not be read (${code})`);
  });
});
