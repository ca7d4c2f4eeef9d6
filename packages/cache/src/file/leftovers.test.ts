import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/cache-fixture.ts";
import { cachePath, type CachePath } from "./cache-path.ts";
import { asideOf, putAside, removeLeftovers, sweep } from "./leftovers.ts";

const NOW = new Date("2026-01-02T03:04:05.678Z");
const HEX = "0123456789abcdef01234567";
/** Names that only look like those of the cache "test.cache". */
const OTHERS = [
  "test.cache",
  `other.cache.${HEX}.tmp`,
  `test.cache.${HEX}0.tmp`,
  `test.cache.${HEX}.tmp0`,
  `test.cache.${"F".repeat(24)}.tmp`,
  `test.cache.corrupt-${HEX}`,
  `test.cache.corrupt-20260102T030405678Z-0123456`,
  `test.cache.corrupt-20260102T030405678Z-012345678`,
  `test.cache.x.corrupt-20260102T030405678Z-01234567`,
  `test.cache.x.${HEX}.tmp`,
];

async function place(): Promise<{
  path: CachePath;
  names: () => Promise<string[]>;
  put: (name: string) => Promise<string>;
}> {
  const directory = await temporaryFolder();
  const path = cachePath("test", directory, () => "");
  return {
    path,
    names: async () => (await readdir(directory)).toSorted(),
    put: async (name) => {
      await writeFile(join(directory, name), name);
      return join(directory, name);
    },
  };
}

test("a damaged file is moved beside, and its name says when", async () => {
  const { path, names, put } = await place();
  await put("test.cache");
  await putAside(path, NOW);
  const [name, ...more] = await names();
  expect(more).toEqual([]);
  expect(name).toMatch(/^test\.cache\.corrupt-20260102T030405678Z-[0-9a-f]{8}$/);
  expect(await readFile(join(path.directory, name!), "utf8")).toBe("test.cache");
});

test("it goes to the folder for such where there is one", async () => {
  const { path, names, put } = await place();
  const asideDirectory = join(path.directory, "aside");
  expect(asideOf({ ...path, asideDirectory })).toBe(asideDirectory);
  expect(asideOf(path)).toBe(path.directory);
  await mkdir(asideDirectory);
  await put("test.cache");
  await putAside({ ...path, asideDirectory }, NOW);
  expect(await names()).toEqual(["aside"]);
  expect(await readdir(asideDirectory)).toHaveLength(1);
});

test("the newest three are kept, whatever order the folder has them in, and nothing else is touched", async () => {
  const { path, names, put } = await place();
  for (const name of OTHERS) await put(name);
  for (const day of ["05", "01", "04", "02"])
    await put(`test.cache.corrupt-202601${day}T000000000Z-01234567`);
  await putAside(path, new Date("2026-01-03T00:00:00Z"));
  const left = await names();
  expect(left.filter((name) => !OTHERS.includes(name)).map((name) => name.slice(0, 27))).toEqual(
    ["03", "04", "05"].map((day) => `test.cache.corrupt-202601${day}`),
  );
  expect(left.filter((name) => OTHERS.includes(name))).toEqual(
    OTHERS.filter((name) => name !== "test.cache").toSorted(),
  );
});

test("what a save has left is swept when it is more than an hour old, and nothing else is", async () => {
  const { path, names, put } = await place();
  const hourAgo = new Date(NOW.getTime() - 3_600_000);
  const older = new Date(hourAgo.getTime() - 1000);
  for (const name of OTHERS) await utimes(await put(name), older, older);
  const [old, young] = [HEX.replace("0", "a"), HEX.replace("0", "b")];
  await utimes(await put(`test.cache.${old}.tmp`), older, older);
  await utimes(await put(`test.cache.${young}.tmp`), hourAgo, hourAgo);
  await sweep(path, NOW);
  expect(await names()).toEqual([...OTHERS, `test.cache.${young}.tmp`].toSorted());
});

test("all that may hold tokens beside the file can be removed, and nothing else is", async () => {
  const { path, names, put } = await place();
  for (const name of OTHERS) await put(name);
  await put(`test.cache.${HEX}.tmp`);
  await put("test.cache.corrupt-20260102T030405678Z-01234567");
  await removeLeftovers(path);
  expect(await names()).toEqual(OTHERS.toSorted());
});

test("two processes may do so at the same time", async () => {
  const { path, names, put } = await place();
  for (let n = 10; n < 60; n++) await put(`test.cache.${HEX.slice(2)}${n}.tmp`);
  await Promise.all([removeLeftovers(path), removeLeftovers(path), removeLeftovers(path)]);
  expect(await names()).toEqual([]);
});

test("what cannot be removed is told", async () => {
  const { path } = await place();
  await mkdir(join(path.directory, `test.cache.${HEX}.tmp`));
  await expect(removeLeftovers(path)).rejects.toMatchObject({
    code: expect.stringMatching(/^E(?:ISDIR|PERM)$/),
  });
});
