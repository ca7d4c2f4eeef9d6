import { join, resolve } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { cachePath } from "./cache-path.ts";
import { folderPath } from "./folder-path.ts";

const STATE = resolve("/state");
const NAME = "0123456789".repeat(4);

function pathOn(system: NodeJS.Platform): ReturnType<typeof folderPath> {
  vi.spyOn(process, "platform", "get").mockReturnValue(system);
  onTestFinished(() => void vi.restoreAllMocks());
  return folderPath(cachePath("a.cache.name", STATE, () => ""));
}

test("the records lie in a folder beside the file of an earlier version", () => {
  const path = pathOn("linux");
  const directory = join(STATE, "a.cache.name.accounts");
  expect(path).toMatchObject({
    directory,
    asideDirectory: join(directory, "aside"),
    before: join(STATE, "a.cache.name.cache"),
    index: join(directory, "index"),
    key: join(directory, "key"),
  });
  expect(path.head).toMatchObject({ directory, fileName: "head", file: join(directory, "head") });
  expect(path.record(NAME)).toMatchObject({
    directory,
    asideDirectory: join(directory, "aside"),
    fileName: NAME,
    file: join(directory, NAME),
  });
});

test.each(["linux", "android"] as const)(
  "on %s, where a lock is no file, each record has its own",
  (system) => {
    const path = pathOn(system);
    expect([path.head.lockName, path.record(NAME).lockName]).toEqual(["head", NAME]);
  },
);

test.each(["darwin", "win32", "freebsd"] as const)(
  "on %s, where a lock is a file, records share 4,096 of them, out of the way",
  (system) => {
    const path = pathOn(system);
    expect([path.head.lockName, path.record(NAME).lockName]).toEqual([
      join("aside", "head"),
      join("aside", "012"),
    ]);
  },
);
