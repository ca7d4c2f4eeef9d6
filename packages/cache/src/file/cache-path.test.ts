import { join, resolve } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { cachePath } from "./cache-path.ts";

const DEFAULT = resolve("/state/entrada");

function platform(name: NodeJS.Platform): void {
  vi.spyOn(process, "platform", "get").mockReturnValue(name);
  onTestFinished(() => void vi.restoreAllMocks());
}

test("a cache lies in the default folder, and its key is called as it is", () => {
  expect(cachePath("test", undefined, () => DEFAULT)).toEqual({
    directory: DEFAULT,
    fileName: "test.cache",
    file: join(DEFAULT, "test.cache"),
    keyAccount: "test",
  });
});

test("a folder of its own has a key of its own, the same by whatever way it is named", () => {
  const never = (): string => {
    throw new Error("The default folder is not asked for");
  };
  const paths = ["a/folder", "./a/folder/", resolve("a", "folder")].map((folder) =>
    cachePath("test", folder, never),
  );
  for (const path of paths) expect(path).toEqual(paths[0]);
  expect(paths[0]?.keyAccount).toMatch(/^test@[0-9a-f]{16}$/);
  expect(cachePath("test", "another", never).keyAccount).not.toBe(paths[0]?.keyAccount);
});

test.skipIf(process.platform === "win32")("the key of a folder is found again by all versions", () => {
  expect(cachePath("test", "/a/folder", () => DEFAULT).keyAccount).toBe("test@05e84ad4ea20566e");
});

test.each([
  ["linux", "Test.cache", "Test"],
  ["freebsd", "Test.cache", "Test"],
  ["darwin", "test.cache", "test"],
  ["win32", "test.cache", "test"],
] as const)("names that are one to the file system of %s are one cache", (system, fileName, account) => {
  platform(system);
  const path = cachePath("Test", undefined, () => DEFAULT);
  expect([path.fileName, path.keyAccount]).toEqual([fileName, account]);
});
