import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { CacheKey } from "../src/index.ts";
import { persistentTokenCache } from "../src/persistent-token-cache.ts";
import { bytes, failureOf, filesIn, save, temporaryFolder, text } from "./support/cache-fixture.ts";
import { oneRecord, type OneRecord } from "./support/one-record.ts";

const PASSPHRASE = "a passphrase-marker of some length";
const FAKE_SYSTEMD_CREDS = `#!/bin/sh
echo "$@" >> "$0.log"
case "$1" in
  has-tpm2) exit "$(cat "$0.tpm")" ;;
  encrypt) { printf sealed:; cat; } | base64 ;;
  decrypt) base64 -d | sed s/^sealed:// ;;
esac
`;

/** A cache in a folder of its own; each call of `open` is another process. */
async function place(): Promise<{ folder: string; open: (key?: CacheKey) => OneRecord }> {
  const folder = await temporaryFolder();
  const open = (key?: CacheKey): OneRecord =>
    oneRecord(persistentTokenCache({ name: "test", directory: join(folder, "cache"), key, onWarning: tell }));
  const warned: string[] = [];
  const tell = ({ code }: { code: string }): void => void warned.push(code);
  onTestFinished(() => expect(warned).toEqual([]));
  return { folder, open };
}

function environment(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

function withoutKeyring(): void {
  environment({ DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined });
}

async function keyFileIn(folder: string, content: Uint8Array = randomBytes(32)): Promise<string> {
  const path = join(folder, "the-key");
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

async function fakeSystemdCreds(folder: string, hasTpm = true): Promise<string> {
  const program = join(folder, "systemd-creds");
  await writeFile(program, FAKE_SYSTEMD_CREDS);
  await writeFile(`${program}.tpm`, hasTpm ? "0" : "1");
  await chmod(program, 0o755);
  environment({ PATH: `${folder}:${process.env["PATH"]}` });
  return program;
}

const FORMS: readonly (readonly [string, (folder: string) => Promise<CacheKey>])[] = [
  ["32 bytes", async () => randomBytes(32)],
  ["a passphrase", async () => ({ passphrase: PASSPHRASE })],
  ["a key file", async (folder) => ({ file: await keyFileIn(folder) })],
  [
    "a systemd credential",
    async (folder) => {
      await keyFileIn(folder);
      environment({ CREDENTIALS_DIRECTORY: folder });
      return { systemdCredential: "the-key" };
    },
  ],
  [
    "the TPM",
    async (folder) => {
      await fakeSystemdCreds(folder);
      return { tpm: true };
    },
  ],
];

describe.runIf(process.platform === "linux").each(FORMS)(
  "a cache with %s as its key (Linux only)",
  (_, make) => {
    test("is kept without a keyring, encrypted, and read by the next process", async () => {
      withoutKeyring();
      const { folder, open } = await place();
      const key = await make(folder);
      await save(open(key), "content-marker");
      expect(text(await open(key).read())).toBe("content-marker");
      for (const file of await filesIn(join(folder, "cache"))) {
        const path = join(folder, "cache", file);
        expect((await stat(path)).mode & 0o777).toBe(0o600);
        const content = (await readFile(path)).toString("latin1");
        expect(content).not.toMatch(/marker/);
      }
      await open(key).store.clear();
      expect(await filesIn(join(folder, "cache"))).toEqual([]);
      await save(open(key), "anew");
      expect(text(await open(key).read())).toBe("anew");
    });

    test("is left alone by whoever has another key, or none", async () => {
      withoutKeyring();
      const { folder, open } = await place();
      const key = await make(folder);
      await save(open(key), "kept");
      const others: (CacheKey | undefined)[] = [randomBytes(32), { passphrase: "another" }, undefined];
      for (const other of others) {
        const detail = other ? "cache_unreadable" : "cache_no_encryption";
        const calls = [
          () => open(other).read(),
          () => save(open(other), "lost"),
          () => open(other).store.list(),
        ];
        for (const call of calls) {
          expect(await failureOf(call())).toMatchObject({ code: "cache", detail });
        }
      }
      expect(text(await open(key).read())).toBe("kept");
    });
  },
);

describe.runIf(process.platform === "linux")("on a machine without a keyring (Linux only)", () => {
  test("what the error says to do is enough", async () => {
    withoutKeyring();
    const { folder, open } = await place();
    const { message } = await failureOf(open().read());
    const [, command, variable] = /`([^`]*head [^`]*)`.*(ENTRADA_CACHE_KEY_FILE) to its path/.exec(message)!;
    execFileSync("sh", ["-c", command!], { cwd: folder });
    environment({ [variable!]: join(folder, / > (.*)\)/.exec(command!)![1]!) });
    await save(open(), "content-marker");
    expect(text(await open().read())).toBe("content-marker");
    expect(message).toContain('With `protection: "prefer"` the tokens are stored without encryption');
  });

  test("the environment gives the key to a program that gives none, the file before the passphrase", async () => {
    withoutKeyring();
    const { folder, open } = await place();
    environment({ ENTRADA_CACHE_PASSPHRASE: PASSPHRASE, ENTRADA_CACHE_KEY_FILE: "" });
    await save(open(), "content");
    expect(text(await open({ passphrase: PASSPHRASE }).read())).toBe("content");
    environment({ ENTRADA_CACHE_KEY_FILE: await keyFileIn(folder) });
    expect(await failureOf(open().read())).toMatchObject({ detail: "cache_unreadable" });
    expect(text(await open({ passphrase: PASSPHRASE }).read())).toBe("content");
  });

  test("letters count, not how they were composed", async () => {
    const { open } = await place();
    await save(open({ passphrase: "\u00e9" }), "content");
    expect(text(await open({ passphrase: "e\u0301" }).read())).toBe("content");
  });

  test.each([
    ["a file that is not there", async (folder: string) => ({ file: join(folder, "none") }), "ENOENT"],
    [
      "a file that is too short",
      async (folder: string) => ({ file: await keyFileIn(folder, bytes("secret-marker")) }),
      "13 bytes",
    ],
    [
      "a credential outside of a unit",
      async () => ({ systemdCredential: "the-key" }),
      "CREDENTIALS_DIRECTORY",
    ],
    [
      "a credential that the unit does not load",
      async (folder: string) => {
        environment({ CREDENTIALS_DIRECTORY: folder });
        return { systemdCredential: "none" };
      },
      "LoadCredential=none:PATH",
    ],
    [
      "a TPM without systemd-creds",
      async (folder: string) => {
        environment({ PATH: folder });
        return { tpm: true } as const;
      },
      "Install systemd 250",
    ],
    [
      "a TPM that is not there",
      async (folder: string) => {
        await fakeSystemdCreds(folder, false);
        return { tpm: true } as const;
      },
      "no TPM",
    ],
  ])("%s is told before anybody is asked, with what to do, and nothing is stored", async (_, make, said) => {
    environment({ CREDENTIALS_DIRECTORY: undefined });
    const { folder, open } = await place();
    const key: CacheKey = await make(folder);
    for (const call of [() => open(key).read(), () => save(open(key), "x")]) {
      const failure = await failureOf(call());
      expect(failure).toMatchObject({ code: "cache", detail: "cache_no_encryption" });
      expect(failure.message).toContain(said);
      expect(failure.message).not.toContain("marker");
    }
    expect((await filesIn(folder)).filter((file) => file.startsWith("cache"))).toEqual([]);
  });

  test("what is sealed goes to systemd-creds by a pipe, and its refusal is told", async () => {
    const { folder, open } = await place();
    const program = await fakeSystemdCreds(folder);
    await save(open({ tpm: true }), "content");
    expect(await open({ tpm: true }).read()).toBeDefined();
    const calls = (await readFile(`${program}.log`, "utf8")).trim().split("\n");
    expect(new Set(calls)).toEqual(
      new Set([
        "has-tpm2 --quiet",
        "encrypt --with-key=tpm2 --name=entrada-token-cache - -",
        "decrypt --name=entrada-token-cache - -",
      ]),
    );
    await writeFile(program, "#!/bin/sh\necho 'TPM2 object is not there' >&2; exit 1\n");
    expect(await failureOf(open({ tpm: true }).read())).toMatchObject({
      detail: "cache_unreadable",
      cause: { message: expect.stringContaining("TPM2 object is not there") },
    });
  });

  test("a key's file that is damaged is told, and left", async () => {
    const { folder, open } = await place();
    await save(open({ passphrase: PASSPHRASE }), "content");
    const path = join(folder, "cache", "test.accounts", "key");
    const whole = await readFile(path);
    for (const content of ["", "junk", whole.subarray(0, 30), whole.subarray(0, -8)]) {
      await writeFile(path, content);
      const failure = await failureOf(open({ passphrase: PASSPHRASE }).read());
      expect(failure).toMatchObject({ detail: "cache_unreadable" });
    }
    await writeFile(path, whole);
    expect(text(await open({ passphrase: PASSPHRASE }).read())).toBe("content");
  });
});

test.each([
  ["secret-marker"],
  [randomBytes(31)],
  [{}],
  [{ passphrase: "" }],
  [{ passphrase: undefined }],
  [{ passphrase: "secret-marker", file: "x" }],
  [{ file: "a\0b" }],
  [{ systemdCredential: "../secret-marker" }],
  [{ tpm: false }],
  [{ pasphrase: "secret-marker" }],
])("a wrong key is refused with a TypeError that names the forms and shows nothing: case %#", (key) => {
  const open = (): unknown => persistentTokenCache({ name: "test", key: key as never });
  expect(open).toThrow(TypeError);
  expect(open).toThrow(/`?key`?.*passphrase.*file.*systemdCredential.*tpm/);
  expect(open).not.toThrow(/marker/);
});

test("a key and a store for one are one too many", () => {
  expect(() =>
    persistentTokenCache({ name: "test", key: { tpm: true }, keyStore: () => ({}) as never }),
  ).toThrow(/keyStore/);
});
