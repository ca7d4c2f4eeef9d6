import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTerminal, hasPseudoTerminal } from "./pseudo-terminal.ts";
import { BIN, claimsOf, jsonLines, openStage, type Stage } from "./stage.ts";

const ARM = "https://management.azure.com";
const VAULT = "https://vault.azure.net";
const programs = fileURLToPath(new URL("programs/", import.meta.url));

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly ms: number;
}

interface Asked {
  readonly url?: string;
  readonly azd?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: object;
}

/** Runs a program that sends these requests to the agent. */
async function ask(
  options: readonly string[],
  requests: readonly Asked[],
): Promise<{ answers: Answer[]; err: string }> {
  const program = [process.execPath, join(programs, "ask-agent.mjs"), JSON.stringify(requests)];
  const { out, err } = await stage.entrada(["run", ...options, "--", ...program]);
  return { answers: JSON.parse(out) as Answer[], err };
}

describe.runIf(process.platform === "linux")("entrada run", () => {
  test("serves a program that asks with the fetch of Node.js", async () => {
    const program = `const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: key } = process.env;
      const url = endpoint + "?api-version=2019-08-01&resource=${ARM}";
      const answer = await fetch(url, { headers: { "x-identity-header": key } });
      console.log(JSON.stringify({ token: (await answer.json()).access_token }));`;
    const { out, code } = await stage.entrada([
      "run",
      "--",
      process.execPath,
      "--input-type=module",
      "-e",
      program,
    ]);
    expect([code, claimsOf(String(jsonLines(out)[0]?.["token"]))["aud"]]).toEqual([0, ARM]);
  });

  test("answers as App Service and as azd do", async () => {
    const body = { scopes: [`${ARM}/.default`], tenantId: "" };
    const key = { authorization: "Bearer KEY", "x-identity-header": null };
    const { answers } = await ask(
      [],
      [
        {},
        {
          url: `ENDPOINT/?api-version=2017-09-01&resource=${ARM}/`,
          headers: { secret: "KEY", "x-identity-header": null },
        },
        { azd: "/token?api-version=2023-07-12-preview", method: "POST", headers: key, body },
      ],
    );
    const [service, older, azd] = answers;
    const token = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string;
    expect(service?.body).toEqual({
      access_token: token,
      expires_on: expect.stringMatching(/^\d{10}$/) as string,
      resource: ARM,
      token_type: "Bearer",
      client_id: stage.emulator.defaults.clientId,
    });
    expect(older?.body).toMatchObject({ access_token: token, resource: `${ARM}/` });
    expect(azd?.body).toEqual({
      status: "success",
      token,
      expiresOn: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    });
  });

  test.each<readonly [words: string, status: number, asked: Asked]>([
    ["The key is wrong", 401, { headers: { "x-identity-header": "wrong" } }],
    ["The key is wrong", 401, { headers: { "x-identity-header": null } }],
    ["The Host header names another server", 403, { headers: { host: "attacker.example" } }],
    ["The Host header names another server", 403, { headers: { host: "127.0.0.1:1" } }],
    ["The request comes from a page in a browser", 403, { headers: { origin: "https://attacker.example" } }],
    ["The request comes from a page in a browser", 403, { headers: { "sec-fetch-site": "cross-site" } }],
    [
      "Tokens for https://vault.azure.net are not allowed",
      403,
      {
        url: `ENDPOINT?api-version=2019-08-01&resource=${VAULT}`,
      },
    ],
    [
      "Tokens for https://management.azure.com.evil.example are not allowed",
      403,
      {
        url: `ENDPOINT?api-version=2019-08-01&resource=${ARM}.evil.example`,
      },
    ],
    ["Nothing is served at this address", 404, { url: "ENDPOINT/other" }],
    ["Only GET is served here", 405, { method: "POST" }],
    ["Only the versions", 400, { url: `ENDPOINT?api-version=2018-02-01&resource=${ARM}` }],
    ["names no resource", 400, { url: "ENDPOINT?api-version=2019-08-01" }],
    [
      "There is no identity",
      400,
      {
        url: `ENDPOINT?api-version=2019-08-01&resource=${ARM}&client_id=11111111-2222-3333-4444-555555555555`,
      },
    ],
  ])("refuses and logs: %s (%i)", async (words, status, asked) => {
    const { answers, err } = await ask(["--allow", `${ARM}/`], [asked, {}]);
    expect(answers.map((answer) => answer.status)).toEqual([status, 200]);
    expect(JSON.stringify(answers[0]?.body)).toContain(words);
    expect(err).toContain(words);
    expect(err).not.toContain(String(answers[1]?.body["access_token"]));
  });

  test("refuses what azd may not have in azd's words", async () => {
    const headers = { authorization: "Bearer KEY", "x-identity-header": null };
    const azd = (scopes: readonly string[]): Asked => ({
      azd: "/token",
      method: "POST",
      headers,
      body: { scopes },
    });
    const { answers } = await ask(
      ["--allow", ARM],
      [azd([`${VAULT}/.default`]), azd([]), azd([`${ARM}/.default`])],
    );
    expect(answers.map(({ body }) => body["status"])).toEqual(["error", "error", "success"]);
  });

  test("has a key of its own for each child, and no token in its environment", async () => {
    const program = ["-e", "console.log(JSON.stringify([process.env.IDENTITY_HEADER, process.env]))"];
    const [one, two] = await Promise.all([stage.runNode([], ...program), stage.runNode([], ...program)]);
    const [[first], [second]] = [JSON.parse(one.out), JSON.parse(two.out)] as [[string], [string]];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(first).not.toBe(second);
    expect(one.out).not.toMatch(/eyJ/);
  });

  test("hands on the exit code, what is written, and signals", async () => {
    expect(
      await stage.entrada(["run", "--", "sh", "-c", "cat; echo told >&2; exit 7"], { input: "hello" }),
    ).toEqual({
      code: 7,
      out: "hello",
      err: "told\n",
    });
    const { SIGTERM, SIGINT, SIGHUP } = constants.signals;
    expect((await stage.entrada(["run", "sh", "-c", "kill -TERM $$"])).code).toBe(128 + SIGTERM);
    for (const [signal, number] of [
      ["SIGTERM", SIGTERM],
      ["SIGINT", SIGINT],
      ["SIGHUP", SIGHUP],
    ] as const) {
      // The shell says that its trap is set before it waits; what it leaves with shows that the signal came.
      const script = `trap 'exit ${number}' ${number}; echo ready >&2; while :; do sleep 0.1; done`;
      const run = await stage.entrada(["run", "--", "sh", "-c", script], {
        keepOpen: true,
        onErr: (text, kill) => void (text.endsWith("ready\n") && kill(signal)),
      });
      expect([signal, run.code]).toEqual([signal, number]);
    }
  });

  test("says what it cannot start, as shells do", async () => {
    const absent = await stage.entrada(["run", "--", "no-such-program"]);
    expect([absent.code, absent.err]).toEqual([127, expect.stringContaining("no-such-program")]);
    expect((await stage.entrada(["run", "--", stage.home])).code).toBe(126);
    expect((await stage.entrada(["run"])).code).toBe(2);
  });

  test("is gone with the child, whatever connection somebody keeps", async () => {
    const child = spawn(
      process.execPath,
      [BIN, "run", "--", "sh", "-c", "echo $IDENTITY_ENDPOINT; read line"],
      {
        env: stage.environment(),
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    const [endpoint] = (await once(child.stdout, "data")) as [Buffer];
    const { port } = new URL(endpoint.toString().trim());
    const kept = connect(Number(port), "127.0.0.1");
    kept.on("error", () => {}); // Reset by the end of the agent.
    await once(kept, "connect");
    child.stdin.end();
    await Promise.all([once(kept, "close"), once(child, "close")]);
    const later = connect(Number(port), "127.0.0.1");
    const [error] = (await once(later, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNREFUSED");
  });

  test("asks nobody where there is no terminal, and says what to do", async () => {
    const { out, err } = await stage.entrada([
      "run",
      "--unencrypted-cache",
      "-p",
      "nobody",
      "--",
      process.execPath,
      join(programs, "sdk-token.mjs"),
      "managed",
      `${ARM}/.default`,
    ]);
    expect(jsonLines(out)[0]).toHaveProperty("error");
    expect(err).toContain("Nobody is signed in for this. Sign in with: entrada login");
  });

  test.runIf(hasPseudoTerminal)(
    "asks at the terminal that started it when the sign-in has expired",
    async () => {
      const profile = ["--unencrypted-cache", "-p", "expiring"];
      await stage.signIn("-p", "expiring");
      stage.emulator.revoke(stage.emulator.defaults.account);
      const program = [
        process.execPath,
        join(programs, "sdk-token.mjs"),
        "managed",
        "https://graph.microsoft.com/.default",
        "https://storage.azure.com/.default",
      ];
      const { code, shown } = await atTerminal(
        stage,
        ["run", "--device-code", ...profile, "--", ...program],
        { onShown: stage.answerCodes() },
      );
      const tokens = shown.split("\r\n").filter((line) => line.startsWith('{"token"'));
      expect([code, tokens.length]).toEqual([0, 2]);
      // One sign-in serves all that comes after it.
      expect(shown.match(/^[A-Z0-9]{8,9}\r$/gm)).toHaveLength(1);
      await stage.signIn();
    },
  );

  test.runIf(hasPseudoTerminal)("asks there, too, where a claims challenge needs the person", async () => {
    const { tenantId } = stage.emulator.defaults;
    await using strict = await openStage({
      tenants: [
        {
          id: tenantId,
          domain: "contoso.example",
          displayName: "Contoso",
          policies: [{ require: "stepUp", resource: ARM }],
        },
      ],
    });
    await strict.signIn();
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: "p1" } } });
    const url = `ENDPOINT?api-version=2019-08-01&resource=${ARM}&claims=${encodeURIComponent(claims)}`;
    const program = [process.execPath, join(programs, "ask-agent.mjs"), JSON.stringify([{}, { url }])];
    const { shown } = await atTerminal(strict, ["run", "--device-code", "--", ...program], {
      onShown: strict.answerCodes(),
    });
    const answers = JSON.parse(shown.slice(shown.indexOf('[{"status"')).trim()) as readonly Answer[];
    const [before, after] = answers.map(({ body }) => claimsOf(String(body["access_token"])));
    expect(shown.match(/^[A-Z0-9]{8,9}\r$/gm)).toHaveLength(1);
    expect(before).not.toHaveProperty("acrs");
    expect(after).toMatchObject({ acrs: ["p1"] });
  });

  test("asks the authority once for a token that many ask for, one after the other", async () => {
    const before = stage.emulator.count("token");
    const vault = { url: `ENDPOINT?api-version=2019-08-01&resource=${VAULT}` };
    const { answers } = await ask(
      [],
      Array.from({ length: 20 }, () => vault),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(stage.emulator.count("token") - before).toBeLessThanOrEqual(1);
  });
});
