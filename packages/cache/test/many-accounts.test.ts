import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bytes, cacheFixture, save } from "./support/cache-fixture.ts";
import { oneRecord } from "./support/one-record.ts";

const ACCOUNTS = 200;

test("two hundred accounts cost a save of one of them nothing: no file of another is written or replaced", async () => {
  const { open, directory, names, file } = await cacheFixture();
  const { store } = open();
  for (let index = 0; index < ACCOUNTS; index += 1)
    await store.write(`person ${index}`, bytes("{}"), "label");
  await save(oneRecord(store), "first");
  const identities = async (): Promise<ReadonlyMap<string, string>> => {
    const files = (await names()).filter((name) => !name.endsWith(".lock"));
    const stats = await Promise.all(files.map((name) => stat(join(directory, name), { bigint: true })));
    return new Map(files.map((name, i) => [join(directory, name), `${stats[i]?.ino} ${stats[i]?.mtimeNs}`]));
  };
  const before = await identities();
  expect(before.size).toBeGreaterThan(ACCOUNTS);

  await save(oneRecord(open().store), "second");
  const after = await identities();
  expect(Array.from(after).filter(([name, identity]) => before.get(name) !== identity)).toEqual([
    [file, after.get(file)],
  ]);
  expect((await open().store.list()).length).toBe(ACCOUNTS + 1);
});
