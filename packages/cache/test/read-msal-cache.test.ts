import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cacheError } from "../src/cache-error.ts";
import { readMsalCache } from "../src/msal/read-msal-cache.ts";
import { failureOf, temporaryFolder, text } from "./support/cache-fixture.ts";
import { MemoryKeyStore } from "./support/memory-key-store.ts";
import { isInstalled } from "./support/is-installed.ts";
import { startChild } from "./support/run-child.ts";

const MSAL = JSON.stringify({ Account: {}, IdToken: {}, AccessToken: {}, RefreshToken: {}, AppMetadata: {} });
const hasSecretTool = process.platform === "linux" && isInstalled("secret-tool", "gnome-keyring-daemon");

describe.runIf(process.platform !== "win32")("where MSAL uses a keyring", () => {
  test("its item is read, whatever the file holds, and nothing is changed", async () => {
    const directory = await temporaryFolder();
    await writeFile(join(directory, "msal.cache.nocae"), "{}");
    const before = await stat(join(directory, "msal.cache.nocae"), { bigint: true });
    const keyStore = new MemoryKeyStore(MSAL);
    expect(text(await readMsalCache({ directory, keyStore }))).toBe(MSAL);
    const { mtimeNs, mode, ino } = await stat(join(directory, "msal.cache.nocae"), { bigint: true });
    expect({ mtimeNs, mode, ino }).toEqual({ mtimeNs: before.mtimeNs, mode: before.mode, ino: before.ino });
    expect(await readdir(directory)).toEqual(["msal.cache.nocae"]);
    expect(keyStore).toMatchObject({ secret: MSAL, calls: 1 });
  });

  test("an unencrypted file is read where there is no item or no keyring", async () => {
    const directory = await temporaryFolder();
    const file = join(directory, "mine.cae");
    await writeFile(file, MSAL, { mode: 0o644 });
    const none = new MemoryKeyStore();
    expect(text(await readMsalCache({ directory, name: "mine.cae", keyStore: none }))).toBe(MSAL);
    none.failure = cacheError("cache_no_encryption", "No keyring", "Install one");
    expect(text(await readMsalCache({ directory, name: "mine.cae", keyStore: none }))).toBe(MSAL);
    expect((await stat(file)).mode & 0o777).toBe(0o644);
  });

  test("there is none without item and file", async () => {
    const directory = await temporaryFolder();
    const keyStore = new MemoryKeyStore();
    expect(await readMsalCache({ directory, keyStore })).toBeUndefined();
    await writeFile(join(directory, "msal.cache.nocae"), "{}");
    expect(await readMsalCache({ directory, keyStore })).toBeUndefined();
    await writeFile(join(directory, "msal.cache.nocae"), "");
    expect(await readMsalCache({ directory, keyStore })).toBeUndefined();
  });

  test("a keyring that cannot be opened is said", async () => {
    const directory = await temporaryFolder();
    const keyStore = new MemoryKeyStore(MSAL);
    keyStore.failure = cacheError("cache_unreadable", "Locked", "Unlock it");
    expect(await failureOf(readMsalCache({ directory, keyStore }))).toMatchObject({
      detail: "cache_unreadable",
    });
    await writeFile(join(directory, "msal.cache.nocae"), "{}");
    keyStore.failure = cacheError("cache_no_encryption", "No keyring", "Install one");
    expect(await failureOf(readMsalCache({ directory, keyStore }))).toMatchObject({
      detail: "cache_no_encryption",
    });
  });

  test.each(["junk secret-marker", "[]", "null", "42", '{"a":', "\ufffd"])(
    "%j is refused, and not shown",
    async (junk) => {
      const failure = await failureOf(readMsalCache({ keyStore: new MemoryKeyStore(junk) }));
      expect(failure).toMatchObject({ code: "cache", detail: "cache_corrupt" });
      expect(failure.message + String(failure.cause)).not.toContain("secret-marker");
    },
  );

  test("links and folders are refused", async () => {
    const directory = await temporaryFolder();
    await writeFile(join(directory, "target"), MSAL);
    await symlink(join(directory, "target"), join(directory, "link"));
    await mkdir(join(directory, "folder"));
    for (const name of ["link", "folder"]) {
      const failure = await failureOf(readMsalCache({ directory, name, keyStore: new MemoryKeyStore() }));
      expect(failure).toMatchObject({ detail: "cache_not_regular" });
    }
  });

  const itemOf = (attributes: string): string =>
    `printf '%s' "$MSAL" | secret-tool store --label=MSALCache ${attributes} >&2`;
  const id = "Microsoft.Developer.IdentityService";
  test.runIf(hasSecretTool).each([
    ["Node.js", itemOf(`service ${id} account MSALCache`), MSAL],
    ["Python", itemOf(`MsalClientID ${id} xdg:schema msal.cache.nocae`), MSAL],
    [".NET", itemOf(`MsalClientID ${id} ${id} 1.0.0.0 xdg:schema msal.cache`), MSAL],
    ["Python under another name", itemOf(`MsalClientID ${id} xdg:schema other.nocae`), "none"],
    ["another program", itemOf(`service ${id} account other`), "none"],
  ])("a real keyring's item is read as MSAL's extensions write it, of %s", async (_, store, expected) => {
    const home = await temporaryFolder();
    const runtime = join(home, "run");
    await mkdir(runtime, { mode: 0o700 });
    const session = `{ printf "password\\n" | gnome-keyring-daemon --unlock --components=secrets >&2
      ${store}
      "$@"; } 2>/dev/null`;
    const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: home, MSAL };
    const under = ["dbus-run-session", "--", "bash", "-c", session, "bash"];
    expect((await startChild("read-msal", [], { env, under }).output).trim()).toBe(expected);
  });
});

describe.runIf(process.platform === "win32")("on Windows", () => {
  test("the file is opened by the Data Protection API", async () => {
    const directory = await temporaryFolder();
    await writeFile(join(directory, "msal.cache.nocae"), "sealed");
    const unprotect = (sealed: Uint8Array) =>
      Promise.resolve(Buffer.from(text(sealed) === "sealed" ? MSAL : ""));
    expect(text(await readMsalCache({ directory, unprotect }))).toBe(MSAL);
    expect(await readFile(join(directory, "msal.cache.nocae"), "utf8")).toBe("sealed");
  });

  test("what it refuses is typed", async () => {
    const directory = await temporaryFolder();
    await writeFile(join(directory, "msal.cache.nocae"), "sealed");
    const unprotect = () => Promise.reject(new Error("The parameter is incorrect"));
    expect(await failureOf(readMsalCache({ directory, unprotect }))).toMatchObject({
      detail: "cache_unreadable",
    });
  });
});

test.each(["", "../x", "a/b", "a\\b", "a\0"])("the name %j is refused", async (name) => {
  expect(await failureOf(readMsalCache({ name }))).toMatchObject({
    name: "TypeError",
    detail: "invalid_cache_name",
  });
});

test.each([{ directory: 5 }, { directory: "" }, { directory: "a\nb" }])(
  "a wrong option is refused by name: %j",
  async (wrong) => {
    const [name] = Object.keys(wrong);
    await expect(readMsalCache(wrong as never)).rejects.toThrow(`The option "${name}" must be a text`);
  },
);

const WRONG: readonly (readonly [object, string])[] = [
  [{ unprotect: 5 }, '"unprotect" must be a function'],
  [{ keyStore: {} }, '"keyStore" must be an object'],
];
// On Windows there is no keyring of MSAL's.
test.each(process.platform === "win32" ? WRONG.slice(0, 1) : WRONG)(
  "%o is refused by name",
  async (options, said) => {
    const failure = await failureOf(readMsalCache(options));
    expect(failure).toBeInstanceOf(TypeError);
    expect(failure.message).toContain(said);
  },
);
