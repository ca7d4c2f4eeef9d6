import { mkdir } from "node:fs/promises";
import { beforeEach, expect, test } from "vitest";
import { bytes, temporaryFolder, text } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { newDataKey } from "../sealed/data-key.ts";
import { recordName } from "../sealed/record-name.ts";
import { cachePath } from "./cache-path.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import { RecordFiles } from "./record-files.ts";

let path: FolderPath;
beforeEach(async () => {
  path = folderPath(cachePath("test", await temporaryFolder(), () => ""));
  await mkdir(path.asideDirectory, { recursive: true });
});

function filesOf(): RecordFiles {
  return new RecordFiles({ path: () => path, warn: () => {}, lockTimeoutInMs: 1000, seenFolder: {} });
}

test("the path is not asked for before a file is", () => {
  const never = (): FolderPath => {
    throw new Error("The path is not asked for");
  };
  expect(
    () => new RecordFiles({ path: never, warn: never, lockTimeoutInMs: 1000, seenFolder: {} }),
  ).not.toThrow();
});

test("a record has one file for each key, and keeps it while it is among the last hundred", () => {
  const files = filesOf();
  const first = files.of(FIXED_KEY, "first");
  expect(files.of(FIXED_KEY, "first")).toBe(first);
  expect(files.of(undefined, "first")).not.toBe(first);
  expect(files.of(newDataKey(), "first")).not.toBe(first);
  for (let index = 0; index < 97; index++) files.of(FIXED_KEY, `other ${index}`);
  // The last use counts.
  expect(files.of(FIXED_KEY, "first")).toBe(first);
  for (let index = 0; index < 99; index++) files.of(FIXED_KEY, `more ${index}`);
  expect(files.of(FIXED_KEY, "first")).toBe(first);
  for (let index = 0; index < 100; index++) files.of(FIXED_KEY, `again ${index}`);
  expect(files.of(FIXED_KEY, "first")).not.toBe(first);
});

test("they are forgotten when it is said", () => {
  const files = filesOf();
  const first = files.of(FIXED_KEY, "first");
  files.forget();
  expect(files.of(FIXED_KEY, "first")).not.toBe(first);
});

test("a record is sealed with the key that is given, and what is sealed otherwise is no record", async () => {
  const name = recordName(FIXED_KEY, "key");
  await filesOf().open(FIXED_KEY, name).write(bytes("sealed"));
  expect(text(await filesOf().open(FIXED_KEY, name).read())).toBe("sealed");
  for (const key of [newDataKey(), undefined]) {
    const warnings: string[] = [];
    const others = new RecordFiles({
      path: () => path,
      warn: ({ message }) => warnings.push(message),
      lockTimeoutInMs: 1000,
      seenFolder: {},
    });
    expect(await others.open(key, name).read()).toBeUndefined();
    expect(warnings[0]).toContain("An account in the token cache is damaged");
    await filesOf().open(FIXED_KEY, name).write(bytes("sealed"));
  }
});

test("what is not sealed is opened without a key, and not with one", async () => {
  const name = recordName(undefined, "key");
  await filesOf().open(undefined, name).write(bytes("in clear"));
  expect(text(await filesOf().open(undefined, name).read())).toBe("in clear");
  expect(await filesOf().open(FIXED_KEY, name).read()).toBeUndefined();
});

test("clearing a record destroys no key", async () => {
  const name = recordName(FIXED_KEY, "key");
  const files = filesOf();
  await files.open(FIXED_KEY, name).write(bytes("one"));
  await files.open(FIXED_KEY, name).clear();
  expect(await files.open(FIXED_KEY, name).read()).toBeUndefined();
  await files.open(FIXED_KEY, name).write(bytes("two"));
  expect(text(await files.open(FIXED_KEY, name).read())).toBe("two");
});
