import { chmod, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, temporaryFolder } from "../../test/support/cache-fixture.ts";
import type { KeyFile } from "./wrapped-key-store.ts";
import { systemdCreds } from "./systemd-creds.ts";
import { wrappedKeyStore } from "./wrapped-key-store.ts";

const SEALS = `echo "$@" >> "$0.log"
case "$1" in
  encrypt) { printf sealed:; cat; } | base64 -w 8 ;;
  decrypt) base64 -d | sed s/^sealed:// ; echo ;;
esac`;

let program: string;
beforeEach(async () => {
  const folder = await temporaryFolder();
  program = join(folder, "systemd-creds");
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
  onTestFinished(() => void vi.unstubAllEnvs());
});

/** Plays systemd's program. */
async function installed(script: string): Promise<void> {
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
}

describe.runIf(process.platform === "linux")("the TPM, by systemd-creds (Linux only)", () => {
  test("seals a text for this purpose alone, and opens it; nothing of it is an argument", async () => {
    await installed(SEALS);
    const sealed = await systemdCreds.encrypt("a secret-marker of some length");
    expect(sealed).toBe(Buffer.from("sealed:a secret-marker of some length").toString("base64"));
    expect(await systemdCreds.decrypt(sealed)).toBe("a secret-marker of some length");
    expect((await readFile(`${program}.log`, "utf8")).trim().split("\n")).toEqual([
      "encrypt --with-key=tpm2 --name=entrada-token-cache - -",
      "decrypt --name=entrada-token-cache - -",
    ]);
  });

  test("keeps a key in a line that says so", async () => {
    await installed(SEALS);
    let content: Buffer | undefined;
    const file: KeyFile = {
      read: () => Promise.resolve(content),
      write: (written) => Promise.resolve(void (content = written)),
      remove: () => Promise.resolve(),
    };
    const store = wrappedKeyStore({ tpm: true }, file, () => {});
    await store.write("secret");
    expect(content!.toString()).toMatch(/^entrada-key:1:systemd-creds:[A-Za-z0-9+/]+=*\n$/);
    expect(await store.read()).toBe("secret");
  });

  test("is asked for before anybody signs in", async () => {
    const none: KeyFile = {
      read: () => Promise.resolve(undefined),
      write: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    };
    await installed('test "$*" = "has-tpm2 --quiet" && test -z "$(cat)"');
    expect(await wrappedKeyStore({ tpm: true }, none, () => {}).read()).toBeUndefined();
    await installed("exit 1");
    expect(await failureOf(wrappedKeyStore({ tpm: true }, none, () => {}).read())).toMatchObject({
      detail: "cache_no_encryption",
      message: expect.stringMatching(/no TPM.*another form of `key`/) as string,
    });
  });

  test.each<["encrypt" | "decrypt"]>([["encrypt"], ["decrypt"]])(
    "that does not %s is told with what the program said, and not all of that",
    async (call) => {
      await installed(`cat > /dev/null; echo "  no such key  " >&2; printf '%600s' x >&2; exit 3`);
      const failure = await failureOf(systemdCreds[call]("secret-marker"));
      expect(failure).toMatchObject({
        code: "cache",
        detail: "cache_unreadable",
        message: expect.stringContaining(`The TPM did not ${call} the key`) as string,
        cause: {
          message: expect.stringContaining(`systemd-creds ${call} ended with 3: no such key`) as string,
        },
      });
      const { message } = failure.cause as Error;
      expect(message.length).toBeLessThan(550);
      expect(message).not.toContain("marker");
    },
  );

  test("is asked by a program that may end without reading", async () => {
    await installed("exit 0");
    expect(await systemdCreds.encrypt("x".repeat(1_000_000))).toBe("");
  });

  test("is not there without the program, or with one that cannot be run", async () => {
    vi.stubEnv("PATH", dirname(program));
    expect(await failureOf(systemdCreds.check())).toMatchObject({
      code: "cache",
      detail: "cache_no_encryption",
      message: expect.stringMatching(/could not be started: it is not there.*Install systemd 250/) as string,
      cause: { code: "ENOENT" },
    });
    await installed("exit 0");
    await chmod(program, 0o644);
    const failure = await failureOf(systemdCreds.check());
    expect(failure).toMatchObject({ detail: "cache_no_encryption", cause: { code: "EACCES" } });
    expect(failure.message).not.toContain("it is not there");
  });

  test.each<["check" | "encrypt" | "decrypt"]>([["check"], ["encrypt"], ["decrypt"]])(
    "is waited for as long as somebody waits: %s",
    async (call) => {
      await installed(`echo $$ > "$0.pid"; exec sleep 600`);
      const abort = new AbortController();
      const calling = failureOf(
        call === "check" ? systemdCreds.check(abort.signal) : systemdCreds[call]("x", abort.signal),
      );
      abort.abort();
      expect(await calling).toMatchObject({ code: "cache", cause: { name: "AbortError" } });
    },
  );
});
