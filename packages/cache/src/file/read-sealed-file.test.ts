import { chmod, link, mkdir, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, temporaryFolder, text } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { openBelow } from "../../test/support/open-below.ts";
import { sealWhole } from "../../test/support/seal-whole.ts";
import type { CacheWarning } from "../cache-warning.ts";
import { OpenedFile } from "../disk/opened-file.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import { unseal, type SealHeader } from "../sealed/sealed-format.ts";
import type { Sealed } from "../sealed/sealed-place.ts";
import { readSealedFile } from "./read-sealed-file.ts";

async function fileWith(content: string) {
  const path = join(await temporaryFolder(), "file");
  const { file, header } = sealWhole(Buffer.from(content), FIXED_KEY, 1n);
  await writeFile(path, file, { mode: 0o600 });
  const warnings: CacheWarning[] = [];
  const read = (known?: SealHeader): Promise<Sealed | undefined> =>
    readSealedFile(path, known, (warning) => warnings.push(warning));
  return { path, file, header, warnings, read };
}

const opened = ({ header, rest }: Sealed): string => text(unseal(header, rest!, FIXED_KEY))!;

describe("a sealed file", () => {
  // The first 16 KiB come with one read; header and seal are 80 bytes.
  test.each([0, 1, 16_303, 16_304, 16_305, 100_000])("of %i bytes is read whole", async (length) => {
    const { path, header, warnings, read } = await fileWith("x".repeat(length));
    const sealed = (await read())!;
    expect(opened(sealed)).toBe("x".repeat(length));
    expect(sealed.header).toEqual(header);
    expect(sealed.identity).toBe(await identityAt(path));
    expect(warnings).toEqual([]);
  });

  test("is read at once where it is short, and no more of it than there is", async () => {
    const reading = vi.spyOn(OpenedFile.prototype, "read");
    onTestFinished(() => reading.mockRestore());
    const header = 64;
    const seal = 16;
    for (const [length, reads] of [
      [100, [[0, header + 100 + seal]]],
      [
        100_000,
        [
          [0, 16 * 1024],
          [header, 100_000 + seal],
        ],
      ],
    ] as const) {
      const { read } = await fileWith("x".repeat(length));
      reading.mockClear();
      const known = (await read())!;
      expect(reading.mock.calls).toEqual(reads);
      reading.mockClear();
      await read(known.header);
      expect(reading.mock.calls).toEqual([[0, header]]);
    }
  });

  test("that is known already is not read again, and another one is", async () => {
    const { path, header, read } = await fileWith("one");
    expect(await read(header)).toEqual({ header, rest: undefined, identity: await identityAt(path) });
    const another = sealWhole(Buffer.from("two"), FIXED_KEY, 2n);
    await writeFile(path, another.file);
    const sealed = (await read(header))!;
    expect(sealed.header).toEqual(another.header);
    expect(opened(sealed)).toBe("two");
  });

  test.each([-1, 1])(
    "of another length than its header says is damaged, even where that is known: %i",
    async (more) => {
      const { path, file, header, read } = await fileWith("content");
      if (more > 0) await writeFile(path, Buffer.concat([file, Buffer.alloc(more)]));
      else await truncate(path, file.length + more);
      for (const known of [undefined, header]) {
        const sealed = (await read(known))!;
        expect(sealed.rest).toHaveLength(0);
        expect(() => opened(sealed)).toThrow(expect.objectContaining({ detail: "cache_corrupt" }));
      }
    },
  );

  test("that is not there is none", async () => {
    const { path } = await fileWith("");
    expect(await readSealedFile(`${path}-none`, undefined, () => {})).toBeUndefined();
  });
});

test("what is no sealed file is damaged, a folder no file, and none of them stays open", async () => {
  const { path, read, header } = await fileWith("content");
  await writeFile(path, "junk");
  for (const known of [undefined, header])
    expect(await failureOf(read(known))).toMatchObject({ code: "cache", detail: "cache_corrupt" });
  await mkdir(`${path}-folder`);
  const folder = readSealedFile(`${path}-folder`, undefined, () => {});
  expect(await failureOf(folder)).toMatchObject({ detail: "cache_not_regular" });
  expect(await openBelow(path)).toEqual([]);
});

describe.runIf(process.platform !== "win32")("a file that others could use", () => {
  test.each([0o640, 0o604, 0o610, 0o601, 0o660])(
    "is made private, and that is told: mode %o",
    async (mode) => {
      const { path, warnings, read } = await fileWith("content");
      await chmod(path, mode);
      expect(opened((await read())!)).toBe("content");
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(warnings).toEqual([
        { code: "cache_permissions", message: expect.stringContaining("no longer is") as string },
      ]);
    },
  );

  test("and has a second name is left as it is, and told of", async () => {
    const { path, warnings, read } = await fileWith("content");
    await chmod(path, 0o644);
    await link(path, `${path}-second`);
    expect(opened((await read())!)).toBe("content");
    expect((await stat(path)).mode & 0o777).toBe(0o644);
    expect(warnings).toEqual([
      { code: "cache_permissions", message: expect.stringContaining("second name") as string },
    ]);
  });

  test("is nothing to Windows, which has no such modes", async () => {
    const { path, warnings, read } = await fileWith("content");
    await chmod(path, 0o644);
    vi.spyOn(process, "platform", "get").mockReturnValue("win32");
    onTestFinished(() => void vi.restoreAllMocks());
    await read();
    expect((await stat(path)).mode & 0o777).toBe(0o644);
    expect(warnings).toEqual([]);
  });

  test("is nobody's matter where it is open to its user alone", async () => {
    const { path, warnings, read } = await fileWith("content");
    await chmod(path, 0o700);
    await link(path, `${path}-second`);
    await read();
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(warnings).toEqual([]);
  });
});
