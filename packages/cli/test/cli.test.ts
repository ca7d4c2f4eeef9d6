import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { AzureCliCredential } from "@azure/identity";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { BIN, claimsOf, openStage, type Run, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const entrada: Stage["entrada"] = (args, options) => stage.entrada(args, options);

describe.runIf(process.platform === "linux")("entrada", () => {
  test("signs in once; the other commands use that, and forget it", async () => {
    const before = await entrada(["token", "--unencrypted-cache"]);
    expect([before.code, before.out]).toEqual([1, ""]);
    expect(before.err).toContain("entrada login");

    const signedIn = await stage.signIn();
    const { username } = stage.emulator.defaults.account;
    expect(signedIn.err).toContain(`Signed in as ${username}.`);
    expect([signedIn.code, signedIn.out]).toEqual([0, ""]);
    const profiles = readFileSync(join(stage.home, "config", "entrada", "profiles.json"), "utf8");
    expect(JSON.parse(profiles)).toMatchObject({
      profiles: { default: { protection: "prefer", account: { username } } },
    });

    const token = await entrada(["token"]);
    expect([token.code, token.out]).toEqual([0, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/)]);
    expect(profiles + signedIn.err).not.toContain(token.out.trim());
    const header = await entrada(["token", "-o", "header"]);
    expect(header.out).toBe(`Authorization: Bearer ${token.out}`);
    expect(JSON.parse((await entrada(["token", "--json"])).out)).toMatchObject({
      accessToken: token.out.trim(),
      tokenType: "Bearer",
      tenant: stage.emulator.defaults.tenantId,
    });
    const status = await entrada(["token", "-o", "status"]);
    expect(JSON.parse(status.out)).toMatchObject({ valid: true });
    expect(status.out).not.toContain(token.out.trim());
    const az = JSON.parse((await entrada(["token", "-o", "az"])).out) as Record<string, unknown>;
    expect(az).toEqual({
      accessToken: token.out.trim(),
      expiresOn: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/) as string,
      expires_on: expect.any(Number) as number,
      tenant: stage.emulator.defaults.tenantId,
      tokenType: "Bearer",
    });

    expect((await entrada(["accounts"])).out).toContain(`* ${username}`);
    const shims = join(stage.home, "shims of mine");
    expect((await entrada(["token", "--az-shim", shims])).code).toBe(0);
    for (const [name, value] of Object.entries({
      ...stage.environment(),
      PATH: `${shims}${delimiter}${process.env["PATH"]}`,
    }))
      vi.stubEnv(name, value);
    const unmodified = await new AzureCliCredential().getToken("https://management.azure.com/.default");
    vi.unstubAllEnvs();
    expect(unmodified.token).toBe(token.out.trim());

    // As scripts take it.
    const asAz = (...args: readonly string[]): Promise<Run> =>
      entrada(["az", "account", "get-access-token", ...args]);
    const bare = token.out.trim();
    expect((await asAz("--query", "accessToken", "-o", "tsv")).out).toBe(`${bare}\n`);
    expect((await asAz("--query", "accessToken")).out).toBe(`"${bare}"\n`);
    expect((await asAz("--output", "tsv")).out.split("\t")).toHaveLength(5);
    expect((await asAz("-o", "none")).out).toBe("");
    const graph = await asAz("--resource-type", "ms-graph", "--query", "accessToken", "--output", "tsv");
    expect(claimsOf(graph.out)).toMatchObject({ aud: "https://graph.microsoft.com" });
    for (const wrong of [
      ["-o", "table"],
      ["-o", "token"],
      ["--query", "{t:accessToken}"],
      ["--resource-type", "keyvault"],
    ]) {
      const { code, out, err } = await asAz(...wrong);
      expect([wrong, code, out]).toEqual([wrong, 2, ""]);
      expect(err).toContain(`${wrong[0]?.replace("-o", "--output")} takes `);
    }
    const other = await entrada(["az", "account", "show"]);
    expect([other.code, other.err]).toEqual([
      2,
      expect.stringContaining("az account get-access-token alone"),
    ]);

    expect((await entrada(["logout"])).err).toContain(`Signed out: ${username}.`);
    expect((await entrada(["accounts", "--json"])).out).toBe("[]\n");
    expect((await entrada(["token"])).code).toBe(1);
  });

  test("tells by its exit code what went wrong, and in JSON where that is asked for", async () => {
    const refused = await entrada(["token", "--unencrypted-cache", "--json", "-p", "nobody"]);
    expect(refused.out).toBe("");
    expect(JSON.parse(refused.err.split("\n").find((line) => line.startsWith("{")) ?? "")).toMatchObject({
      error: { class: "AuthenticationRequiredError", code: "authentication_required", detail: "no_account" },
    });
    expect((await entrada(["token", "--nope"])).code).toBe(2);
    expect((await entrada(["login", "--unencrypted-cache", "--tenant", "a b"])).code).toBe(2);
    const inCi = await entrada(["login", "--unencrypted-cache", "-p", "ci"], { env: { CI: "true" } });
    expect([inCi.code, inCi.err]).toEqual([3, expect.stringContaining("CI job")]);
    const unreachable = { AZURE_AUTHORITY_HOST: "https://localhost:1" };
    const away = await entrada(["login", "--device-code", "--unencrypted-cache", "-p", "away"], {
      env: unreachable,
    });
    expect(away.code).toBe(4);
    const noKeyring = await entrada(["login", "--device-code", "-p", "other"], {
      env: { DBUS_SESSION_BUS_ADDRESS: "", XDG_RUNTIME_DIR: "" },
    });
    expect([noKeyring.code, noKeyring.err]).toEqual([5, expect.stringContaining("--unencrypted-cache")]);
    const broken = join(stage.home, "broken");
    const written = await entrada(["login"], { env: { ENTRADA_CONFIG_DIR: join(stage.home, "ca.pem") } });
    expect([written.code, existsSync(broken)]).toEqual([2, false]);
  });

  test("is interrupted by Ctrl-C while a person is awaited", async () => {
    let pressed = false;
    const run = await entrada(["login", "--device-code", "--unencrypted-cache", "-p", "gone"], {
      onErr: (text, kill) => {
        if (pressed || !/^[A-Z0-9]{8,9}$/m.test(text)) return;
        pressed = true;
        kill("SIGINT");
      },
    });
    expect([run.code, run.out]).toEqual([130, ""]);
    expect(run.err).toMatch(/Interrupted\. Nothing was changed\.\n$/);
    expect(run.err).not.toMatch(/\n {4}at /);
  });

  test("ends no worse where nobody reads what it writes", () => {
    const shell = (command: string): number | null =>
      spawnSync("/bin/sh", ["-c", command, "sh", process.execPath, BIN], { env: stage.environment() }).status;
    expect(shell('"$1" "$2" explain 50011 >&-')).toBe(0);
    expect(shell('"$1" "$2" explain nothing 2>/dev/full')).toBe(2);
    expect(shell('"$1" "$2" --help | true')).toBe(0);
  });
});

test("explains Entra's codes and its own", async () => {
  expect((await entrada(["explain", "AADSTS7000218"])).out).toContain("Allow public client flows");
  expect((await entrada(["explain", "53003"])).out).toContain("policy");
  // As they are copied from a message.
  for (const copied of [
    "AADSTS50011:",
    "[AADSTS50011]",
    "aadsts50011.",
    " AADSTS50011: The redirect URI ...",
  ])
    expect((await entrada(["explain", copied])).out).toContain("redirect URI is not registered");
  expect((await entrada(["explain", "no_session_bus"])).out).toMatch(/^no_session_bus\n.*broker_unavailable/);
  expect((await entrada(["explain", "prompt_cooldown"])).out).toMatch(/user_cancelled[^]*timeout/);
  const unknown = await entrada(["explain", "AADSTS999999"]);
  expect([unknown.code, unknown.out]).toEqual([0, expect.stringContaining("error?code=999999")]);
  expect(JSON.parse((await entrada(["explain", "browser_unavailable", "--json"])).out)).toMatchObject({
    code: "browser_unavailable",
  });
  const plan = JSON.parse((await entrada(["explain", "--json"])).out) as {
    readonly steps: readonly object[];
  };
  expect(plan.steps).toHaveLength(3);
});
