import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWineUser, windowsParts, type WindowsParts, type WineUser } from "./wine-user.ts";

const MSAL = '{"Account":{},"RefreshToken":{}}';
const WRITERS = 3;
const WORDS_OF_EACH = 20;

const parts = windowsParts();
if (typeof parts === "string")
  console.warn(`Skipped: the cache in a Windows node.exe. There is no ${parts}.`);

// One user of one Windows, and what happens to that user's cache, step by step.
const RECORD = /^[0-9a-f]{40}$/;

describe.runIf(typeof parts !== "string")(
  "in a Windows node.exe under Wine (runs where Wine is installed)",
  { timeout: 120_000 },
  () => {
    let user: WineUser;
    let folder: string;
    /** The one record's file. */
    const file = (): string =>
      join(
        folder,
        "test.accounts",
        readdirSync(join(folder, "test.accounts")).find((name) => RECORD.test(name))!,
      );
    /** All files but those of locks, by their names alone. */
    const names = (): string[] =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((each) => !each.isDirectory() && !each.name.endsWith(".lock"))
        .map(({ name }) => name)
        .sort();

    beforeAll(async () => {
      user = await openWineUser(parts as WindowsParts);
      folder = join(user.localAppData, "Entrada");
    }, 120_000);
    afterAll(() => user?.close(), 60_000);

    test("what one process saves, another reads, by the key in the Credential Manager", async () => {
      const first = await user.run(["read"], ["save", "secret-marker"]);
      expect(first).toEqual({ said: ["nothing", "saved"], warnings: [] });
      expect(await user.run(["read"])).toEqual({ said: ["secret-marker"], warnings: [] });
    });

    test("the file stands in %LOCALAPPDATA%\\Entrada, encrypted, with the head, the index and the locks'", () => {
      expect(names()).toEqual([expect.stringMatching(RECORD), "head", "index"]);
      expect(readFileSync(file()).includes("secret-marker")).toBe(false);
      expect(readFileSync(file(), "latin1").startsWith("ENTRADA\x1a\0\x01\x01")).toBe(true);
    });

    test("a lock is waited for, and is free once its owner has released it", async () => {
      const holder = await user.start("hold");
      const busy = await user.run(["patience", "300"], ["save", "lost"]);
      expect(busy).toEqual({ said: ["nothing", "cache_locked"], warnings: [] });
      const waiting = user.run(["patience", "60000"], ["save", "after"], ["read"]);
      await holder.end("leave");
      expect(await waiting).toMatchObject({ said: ["nothing", "saved", "after"] });
    });

    test("a lock ends with its owner, also where that is terminated", async () => {
      const holder = await user.start("hold");
      await holder.end("die");
      const next = await user.run(["patience", "300"], ["save", ""]);
      expect(next).toMatchObject({ said: ["nothing", "saved"] });
    });

    test("processes that rename over a file that others read lose nothing", async () => {
      const words = Array.from(
        { length: WRITERS * WORDS_OF_EACH },
        (_, n) => `${n % WRITERS}-${Math.floor(n / WRITERS)}`,
      );
      const reader = await user.start("watch");
      const added = await Promise.all(
        Array.from({ length: WRITERS }, (_, id) => user.run(["add", String(id)])),
      );
      expect(added).toEqual(added.map(() => ({ said: ["added"], warnings: [] })));
      expect(await reader.end("leave")).toMatchObject({ said: ["all there"] });
      const { said } = await user.run(["read"]);
      expect(said[0]?.split(" ").sort()).toEqual(words.sort());
      expect(names()).toEqual([expect.stringMatching(RECORD), "head", "index"]);
    });

    test("a damaged file is put aside, and the cache goes on", async () => {
      const damagedFile = file();
      const damaged = readFileSync(damagedFile);
      damaged[70] = damaged[70]! ^ 1;
      writeFileSync(damagedFile, damaged);
      const { said, warnings } = await user.run(["read"], ["save", "anew"], ["read"]);
      expect(said).toEqual(["nothing", "saved", "anew"]);
      expect(warnings).toEqual(["cache_corrupt"]);
      const aside = names().find((name) => name.includes("corrupt"));
      expect(aside).toMatch(/^[0-9a-f]{40}\.corrupt-\d{8}T\d{9}Z-[0-9a-f]{8}$/);
      expect(readFileSync(join(folder, "test.accounts", "aside", aside!)).equals(damaged)).toBe(true);
    });

    test("a key that is gone, or not ours, is typed, and the file stays", async () => {
      const before = readFileSync(file());
      for (const key of ["", "no key of ours"]) {
        const { said } = await user.run(["key", key], ["read"], ["save", "lost"]);
        expect(said).toEqual(["nothing", "cache_unreadable", "cache_unreadable"]);
      }
      expect(readFileSync(file()).equals(before)).toBe(true);
    });

    test("clear removes the file, what was put aside, and the key", async () => {
      expect(await user.run(["clear"], ["read"])).toEqual({ said: ["nothing", "nothing"], warnings: [] });
      expect(names()).toEqual([]);
      expect(await user.run(["read"], ["save", "new key"])).toMatchObject({ said: ["nothing", "saved"] });
      expect(await user.run(["read"])).toMatchObject({ said: ["new key"] });
    });

    test("MSAL's cache, sealed by the Data Protection API in one process, is opened in another", async () => {
      const msal = join(user.localAppData, ".IdentityService", "msal.cache.nocae");
      expect(await user.run(["read-msal"], ["protect", MSAL])).toMatchObject({
        said: ["nothing", "nothing"],
      });
      const sealed = readFileSync(msal);
      expect(sealed.includes("Account")).toBe(false);
      expect(await user.run(["read-msal"])).toEqual({ said: [MSAL], warnings: [] });
      expect(readFileSync(msal).equals(sealed)).toBe(true);
      for (const damaged of [sealed.subarray(0, sealed.length - 8), Buffer.from("no sealed text at all")]) {
        writeFileSync(msal, damaged);
        expect(await user.run(["read-msal"])).toMatchObject({ said: ["cache_unreadable"] });
        expect(readFileSync(msal).equals(damaged)).toBe(true);
      }
      const { said } = await user.run(["protect", "no JSON"], ["read-msal"]);
      expect(said).toEqual(["nothing", "cache_corrupt"]);
    });
  },
);
