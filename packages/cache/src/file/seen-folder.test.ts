import { chmod, mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { seenAgain } from "./seen-folder.ts";

const WHAT_CHANGES: readonly (readonly [string, (folder: string) => Promise<unknown>])[] = [
  ["another in its place", (folder) => rename(folder, `${folder}-moved`).then(() => mkdir(folder))],
  ["one that is gone", (folder) => rename(folder, `${folder}-moved`)],
];
const MODES: typeof WHAT_CHANGES =
  process.platform === "win32" ? [] : [["one of another mode", (folder) => chmod(folder, 0o777)]];

test("a folder that was seen to is known again", async () => {
  const folder = join(await temporaryFolder(), "seen");
  await mkdir(folder);
  const status = await stat(folder, { bigint: true });
  expect(seenAgain({}, folder)).toBeUndefined();
  expect(seenAgain({ status }, folder)?.ino).toBe(status.ino);
});

test.each(["dev", "uid"] as const)("one of another %s is prepared anew", async (what) => {
  const folder = await temporaryFolder();
  const status = await stat(folder, { bigint: true });
  const other = Object.assign(Object.create(status) as typeof status, { [what]: status[what] + 1n });
  expect(seenAgain({ status: other }, folder)).toBeUndefined();
});

test.each([...WHAT_CHANGES, ...MODES])("%s is prepared anew", async (_, change) => {
  const folder = join(await temporaryFolder(), "seen");
  await mkdir(folder);
  const status = await stat(folder, { bigint: true });
  await change(folder);
  expect(seenAgain({ status }, folder)).toBeUndefined();
});
