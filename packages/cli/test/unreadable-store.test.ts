import { randomBytes } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** The variables of somebody with a key file of this name. */
function withKey(name: string): Record<string, string> {
  const file = join(stage.home, name);
  writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return { ENTRADA_CACHE_KEY_FILE: file };
}

describe.runIf(process.platform === "linux")(
  "a stored sign-in under another key than the one that is set",
  () => {
    test("is not taken for none: every command says why, changes nothing, and ends with 5", async () => {
      const right = withKey("right.key");
      const wrong = withKey("wrong.key");
      const login = ["login", "--device-code"];
      const signedIn = await stage.entrada(login, { env: right, onErr: stage.answerCodes() });
      expect(signedIn.err).toContain("Signed in as ada@contoso.example.");

      for (const args of [
        ["accounts"],
        ["token"],
        ["logout"],
        ["logout", "--all"],
        [...login, "--timeout", "5"],
      ]) {
        const { code, out, err } = await stage.entrada(args, { env: wrong });
        expect([args, code, out]).toEqual([args, 5, ""]);
        expect(err).toContain("Give the same as before by ENTRADA_CACHE_KEY_FILE");
        expect(err).not.toContain("enter the code");
      }
      const program = `
      const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = process.env;
      const url = IDENTITY_ENDPOINT + "?api-version=2019-08-01&resource=https://vault.azure.net";
      fetch(url, { headers: { "x-identity-header": IDENTITY_HEADER } }).then(async (r) => console.log(r.status, await r.text()));`;
      const run = await stage.entrada(["run", "--", process.execPath, "-e", program], { env: wrong });
      expect(run.out).toMatch(/^400 .*Give the same as before by ENTRADA_CACHE_KEY_FILE/);

      const doctor = await stage.entrada(["doctor", "--json"], { env: wrong });
      expect(JSON.parse(doctor.out)).toMatchObject({ findings: [{ code: "cache_unreadable" }] });

      const accounts = await stage.entrada(["accounts"], { env: right });
      expect(accounts.out).toContain("* ada@contoso.example");
      expect((await stage.entrada(["token", "-o", "status"], { env: right })).code).toBe(0);
    });

    test("is told to keep a key for oneself that others may use", async () => {
      const file = join(stage.home, "right.key");
      chmodSync(file, 0o644);
      const doctor = await stage.entrada(["doctor", "--json"], { env: { ENTRADA_CACHE_KEY_FILE: file } });
      expect(JSON.parse(doctor.out)).toMatchObject({
        findings: [
          {
            code: "cache_key_permissions",
            what: "Others than this user may use the key of the stored sign-in.",
            todo: "Take that right away: chmod 600 the file that ENTRADA_CACHE_KEY_FILE names.",
          },
        ],
      });
    });
  },
);
