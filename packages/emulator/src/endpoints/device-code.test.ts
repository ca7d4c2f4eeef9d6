import { beforeEach, describe, expect, test } from "vitest";
import { startEmulator, virtualClock, type Emulator } from "../index.ts";
import { ARM, claimsOf, send, token } from "../../test/raw-client.ts";

const NOT_PUBLIC = "a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({
    clock: virtualClock(),
    applications: [{ clientId: NOT_PUBLIC, name: "Web only", allowPublicClientFlows: false }],
  });
  return () => emulator[Symbol.asyncDispose]();
});

const start = (form: Record<string, string> = {}) =>
  send(emulator, "/organizations/oauth2/v2.0/devicecode", {
    form: { client_id: emulator.defaults.clientId, scope: `${ARM} openid profile offline_access`, ...form },
  });
const poll = (deviceCode: string, form: Record<string, string> = {}) =>
  token(emulator, {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: deviceCode,
    client_info: "1",
    ...form,
  });
const infoOf = (json: Record<string, any>) => ({
  userCode: String(json["user_code"]),
  verificationUri: String(json["verification_uri"]),
});

test("the answer has what RFC 8628 section 3.2 asks for, and not the complete address", async () => {
  const { json } = await start();
  expect(json).toEqual({
    user_code: expect.stringMatching(/^[A-Z]{9}$/),
    device_code: expect.stringMatching(/^D[\w-]{86}$/),
    verification_uri: `${emulator.authorityHost}/devicelogin`,
    expires_in: 900,
    interval: 5,
    message: expect.stringContaining(json["user_code"]),
  });
});

test.each(["device_code", "urn:ietf:params:oauth:grant-type:device_code"])(
  "%s brings the tokens",
  async (grantType) => {
    const { json } = await start();
    await emulator.person.answerDeviceCode(infoOf(json));
    const answer = await poll(json["device_code"], { grant_type: grantType });
    expect(answer.status).toBe(200);
    expect(claimsOf(answer.json["id_token"])["preferred_username"]).toBe(emulator.defaults.account.username);
    expect(answer.json).toHaveProperty("refresh_token");
    expect(answer.json).toHaveProperty("client_info");
  },
);

describe("timing", () => {
  test("the first poll may come at once, the next after the interval", async () => {
    const { json } = await start();
    const outcomes: string[] = [];
    for (const pause of [0, 5000, 5000]) {
      emulator.clock.advance(pause);
      outcomes.push((await poll(json["device_code"])).json["error"]);
    }
    expect(outcomes).toEqual(["authorization_pending", "authorization_pending", "authorization_pending"]);
  });

  test("a poll too early gets slow_down, and each adds 5 seconds for good", async () => {
    const { json } = await start();
    const after = async (pause: number) => {
      emulator.clock.advance(pause);
      return (await poll(json["device_code"])).json["error"] as string;
    };
    expect(await after(0)).toBe("authorization_pending");
    expect(await after(4000)).toBe("slow_down");
    expect(await after(9000)).toBe("slow_down");
    expect(await after(15_000)).toBe("authorization_pending");
    expect(await after(15_000)).toBe("authorization_pending");
    expect(await after(14_000)).toBe("slow_down");
  });

  test("slow_down comes even after the approval, and the tokens after that", async () => {
    const { json } = await start();
    await poll(json["device_code"]);
    await emulator.person.answerDeviceCode(infoOf(json));
    expect((await poll(json["device_code"])).json["error"]).toBe("slow_down");
    emulator.clock.advance(10_000);
    expect((await poll(json["device_code"])).status).toBe(200);
  });

  test("the code is good to the last millisecond, and not one longer", async () => {
    const { json } = await start();
    emulator.clock.advance(900_000 - 1);
    expect((await poll(json["device_code"])).json).toMatchObject({
      error: "authorization_pending",
      error_codes: [70016],
    });
    emulator.clock.advance(1);
    expect((await poll(json["device_code"])).json).toMatchObject({
      error: "expired_token",
      error_codes: [70020],
    });
  });
});

describe("refusals", () => {
  test("a person who declines", async () => {
    const { json } = await start();
    emulator.person.script({ action: "decline" });
    await emulator.person.answerDeviceCode(infoOf(json));
    expect((await poll(json["device_code"])).json).toMatchObject({
      error: "authorization_declined",
      error_codes: [70017],
    });
  });

  test("a person who goes away leaves it pending", async () => {
    const { json } = await start();
    emulator.person.script({ action: "close" });
    await emulator.person.answerDeviceCode(infoOf(json));
    expect((await poll(json["device_code"])).json["error"]).toBe("authorization_pending");
    expect(emulator.person.visits).toEqual([{ outcome: "closed", page: "Choose an account" }]);
  });

  test("a code is good once", async () => {
    const { json } = await start();
    await emulator.person.answerDeviceCode(infoOf(json));
    expect((await poll(json["device_code"])).status).toBe(200);
    emulator.clock.advance(5000);
    expect((await poll(json["device_code"])).json).toMatchObject({ error: "invalid_grant" });
  });

  test("a code is answered once, whatever other windows have it open", async () => {
    const { json } = await start();
    const press = async (fields: Record<string, string>, text: string) => {
      const id = /name="sign_in"\s+value="([^"]+)"/.exec(text)?.[1] ?? "";
      return (await send(emulator, "/organizations/signin", { form: { sign_in: id, ...fields } })).text;
    };
    const open = async () => {
      const { text } = await send(emulator, "/devicelogin", { form: { user_code: json["user_code"] } });
      return press({ action: "pick", account: emulator.defaults.account.username }, text);
    };
    const windows = [await open(), await open(), await open(), await open()];
    expect(await press({ action: "approve" }, windows[0] ?? "")).toContain("You are signed in");
    expect(await press({ action: "decline" }, windows[1] ?? "")).toContain("That code did not work");
    expect((await poll(json["device_code"])).status).toBe(200);
    expect(await press({ action: "approve" }, windows[2] ?? "")).toContain("That code did not work");
    expect((await poll(json["device_code"])).json).toMatchObject({ error: "invalid_grant" });

    emulator.clock.advance(900_000);
    expect(await press({ action: "approve" }, windows[3] ?? "")).toContain("That code did not work");
  });

  test.each([
    ["unknown device code", {}, "bad_verification_code", 70018],
    ["no device code", { device_code: "" }, "invalid_request", 900144],
  ])("%s", async (_, form, error, number) => {
    expect((await poll("unknown", form)).json).toMatchObject({ error, error_codes: [number] });
  });

  test("P18: public client flows are off, which shows when the person has approved", async () => {
    const { json } = await start({ client_id: NOT_PUBLIC });
    const deviceCode = String(json["device_code"]);
    const form = { client_id: NOT_PUBLIC };
    expect((await poll(deviceCode, form)).json).toMatchObject({ error_codes: [70016] });
    await emulator.person.answerDeviceCode({
      userCode: json["user_code"],
      verificationUri: json["verification_uri"],
    });
    emulator.clock.advance(5000);
    const answer = await poll(deviceCode, form);
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ error: "invalid_client", error_codes: [7000218] });
  });

  test.each([
    ["unknown client", { client_id: "x" }, "unauthorized_client", 700016],
    ["no scope", { scope: "" }, "invalid_request", 900144],
    ["unknown resource", { scope: "https://nothing.example/.default" }, "invalid_resource", 500011],
  ])("%s", async (_, form, error, number) => {
    const { status, json } = await start(form);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error, error_codes: [number] });
  });

  test("the page takes a code with blanks and small letters, and no other", async () => {
    const { json } = await start();
    const enter = (code: string) => send(emulator, "/devicelogin", { form: { user_code: code } });
    const typed = String(json["user_code"]).toLowerCase();
    expect((await enter(`${typed.slice(0, 4)} ${typed.slice(4)}`)).text).toContain("Choose an account");
    const wrong = await enter("WRONGCODE");
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('role="alert"');
  });
});

test("the person sees who asks before approving, however often it was approved", async () => {
  const { json } = await start();
  await emulator.person.answerDeviceCode(infoOf(json));
  expect(emulator.count("signin")).toBe(2);
});
