import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Run, type Stage } from "./stage.ts";

const ORDERS = "11111111-2222-3333-4444-555555555555";
const ORDERS_API = "22222222-3333-4444-5555-666666666666";
// What an API asks for that wants a second factor for this one act, as it stands in a challenge.
const CLAIMS = Buffer.from('{"access_token":{"acrs":{"essential":true,"value":"p1"}}}').toString("base64");

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({
    applications: [
      { clientId: ORDERS, name: "Orders", consent: "required", redirectUris: ["http://localhost"] },
    ],
    resources: [{ uri: "api://orders", appId: ORDERS_API, name: "Orders API", scopes: ["Orders.Read"] }],
  });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** What a person does who reads the hint: the very words, at the same shell. */
function follow({ err }: Run, env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const [, words = ""] = /Sign in with: entrada (.*)/.exec(err) ?? [];
  // The shell reads the quotes, and the way to sign in is what this place allows.
  const command = `exec "$0" "$1" ${words} --device-code --unencrypted-cache`;
  return stage.run("sh", ["-c", command, process.execPath, stage.bin], {
    env,
    onErr: stage.answerCodes(),
  });
}

describe.runIf(process.platform === "linux")("a command that says which command signs in", () => {
  test.each([
    ["a profile", ["--profile", "work"]],
    ["a profile with a space in its name", ["--profile", "at work"]],
    ["a tenant", ["--tenant", "fabrikam.example", "--profile", "guest"]],
    ["a client", ["--client-id", ORDERS, "--profile", "orders"]],
    ["an authority by its option", ["--authority-host", "AUTHORITY", "--profile", "host"]],
    [
      "a resource that nobody has consented to",
      ["--client-id", ORDERS, "--resource", "api://orders", "--profile", "orders"],
    ],
    ["a claims challenge", ["--claims-challenge", CLAIMS, "--profile", "claims"]],
  ])("names all that is needed: for %s", async (_, options) => {
    const words = options.map((each) => each.replace("AUTHORITY", stage.emulator.authorityHost));
    const asked = ["token", "--output", "status", ...words];
    const refused = await stage.entrada([...asked, "--unencrypted-cache"]);
    expect([refused.code, refused.out]).toEqual([1, ""]);

    expect(await follow(refused)).toMatchObject({ code: 0 });

    const served = await stage.entrada(asked);
    expect([served.code, served.err]).toEqual([0, ""]);
  });

  test("accounts and doctor name the profile, too", async () => {
    const profile = ["--profile", "nobody-yet", "--client-id", "33333333-4444-5555-6666-777777777777"];
    const accounts = await stage.entrada(["accounts", "--unencrypted-cache", ...profile]);
    expect(accounts.err).toContain("Sign in with: entrada login --profile nobody-yet --client-id 33333333-");
    const doctor = await stage.entrada(["doctor", "--profile", "nobody-yet", "--unencrypted-cache"]);
    expect(doctor.out).toContain("nobody (entrada login --profile nobody-yet --unencrypted-cache)");
  });

  test("claims that are none are refused by name", async () => {
    for (const claims of ["zzz", "{", "[]", Buffer.from("5").toString("base64")]) {
      const { code, err } = await stage.entrada(["token", "--claims-challenge", claims]);
      expect([claims, code, err]).toEqual([claims, 2, expect.stringContaining("--claims-challenge takes")]);
    }
  });
});
