import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const COLOURED =
  "\u001b[31mred\u001b[0m\u0007 \u001b]8;;https://attacker.example\u0007here\u001b]8;;\u0007\u009b2J";

describe.runIf(process.platform === "linux")("entrada", () => {
  test("no command but token prints one", async () => {
    const signedIn = await stage.signIn();
    const { out: token } = await stage.entrada(["token"]);
    expect(token).toMatch(/^eyJ/);
    const commands = [
      ["token", "-o", "status"],
      ["accounts"],
      ["accounts", "--json"],
      ["explain"],
      ["explain", "--json"],
      ["doctor", "--json"],
      [
        "run",
        "--",
        process.execPath,
        "-e",
        "console.log(JSON.stringify([process.argv, process.execArgv, process.env]))",
      ],
      ["logout"],
    ];
    const texts = [`${signedIn.out}${signedIn.err}`];
    for (const command of commands) {
      const { out, err } = await stage.entrada(command);
      texts.push(`${command.join(" ")}: ${out}${err}`);
    }
    // Of what is a token not even the beginning.
    expect(texts.filter((text) => text.includes("eyJ"))).toEqual([]);
  });

  test("without a terminal and a browser nobody is asked by a code that was not chosen", async () => {
    const before = stage.emulator.count("devicecode");
    const run = await stage.entrada(["login", "--unencrypted-cache"]);
    expect([run.code, run.out, stage.emulator.count("devicecode") - before]).toEqual([3, "", 0]);
    expect(run.err).toContain("entrada login --device-code");
    expect(run.err).not.toMatch(/\n {4}at /);
  });

  test.each([
    ["refused", "invalid_grant", 1, "AuthenticationError"],
    ["away", "server_error", 4, "AuthenticationError"],
  ])("the error in JSON of who is %s has class and code, on one line", async (_name, error, code, name) => {
    stage.emulator.script({
      on: "devicecode",
      times: 9,
      ...(error === "server_error" ? { status: 503 } : {}),
      error: { error, description: "AADSTS70000: no\r\n    at forged (line:1)", aadsts: 70_000 },
    });
    const run = await stage.entrada(["login", "--device-code", "--unencrypted-cache", "--json"]);
    stage.emulator.clearFaults();
    const line = run.err.split("\n").find((text) => text.startsWith("{")) ?? "";
    expect(JSON.parse(line)).toMatchObject({ error: { class: name, code: expect.any(String) as string } });
    expect(run.code).toBe(code);
    expect(run.out + run.err).not.toMatch(/eyJ|device_code|\n {4}at /);
  });

  test.each([[[]], [["--json"]]])(
    "nothing that a terminal acts upon is in the authority's words: %j",
    async (more) => {
      stage.emulator.script({
        on: "devicecode",
        error: { error: "invalid_request", description: `AADSTS90000: ${COLOURED}`, aadsts: 90_000 },
      });
      const run = await stage.entrada(["login", "--device-code", "--unencrypted-cache", ...more]);
      expect(run.code).not.toBe(0);
      expect(run.err).toContain("red");
      expect(run.out + run.err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    },
  );
});
