import { gunzipSync } from "node:zlib";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmulator, type Emulator } from "../index.ts";
import { claimsOf, refresh, send, signIn } from "../../test/raw-client.ts";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator[Symbol.asyncDispose]());

const DISCOVERY = "/organizations/v2.0/.well-known/openid-configuration";
const discover = () => send(emulator, DISCOVERY);

describe("a scripted answer", () => {
  test("comes as often as it is scripted, in the order it was", async () => {
    emulator.script({ on: "discovery", status: 503, times: 2 });
    emulator.script({
      on: "discovery",
      status: 500,
      body: "<h1>Down</h1>",
      headers: { "Content-Type": "text/html" },
    });
    const answers = [await discover(), await discover(), await discover(), await discover()];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 500, 200]);
    expect(answers[2]?.headers["content-type"]).toBe("text/html");
    expect(answers[2]?.text).toBe("<h1>Down</h1>");
  });

  test("may let some pass first, and may be meant for one tenant", async () => {
    emulator.script({ on: "discovery", status: 503, after: 1 });
    expect([(await discover()).status, (await discover()).status]).toEqual([200, 503]);
    emulator.script({ on: "discovery", status: 503, tenant: "common" });
    expect((await discover()).status).toBe(200);
    expect((await send(emulator, DISCOVERY.replace("organizations", "common"))).status).toBe(503);
  });

  test("keeps to its kind: refresh is a token request, discovery is none", async () => {
    const { refresh_token: value } = await signIn(emulator);
    emulator.script({ on: "refresh", status: 500 });
    expect((await discover()).status).toBe(200);
    expect((await signIn(emulator))["access_token"]).toBeTypeOf("string");
    expect((await refresh(emulator, value)).status).toBe(500);
    emulator.script({ on: "token", status: 502 });
    expect((await refresh(emulator, value)).status).toBe(502);
  });

  test("can be an error of Entra's form", async () => {
    emulator.script({
      on: "refresh",
      error: {
        error: "invalid_grant",
        suberror: "bad_token",
        aadsts: 700003,
        description: "Device gone.",
        claims: "{}",
      },
    });
    const { status, json } = await refresh(emulator, "anything");
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: "invalid_grant",
      suberror: "bad_token",
      error_codes: [700003],
      claims: "{}",
    });
    expect(json["error_description"]).toMatch(/^AADSTS700003: Device gone. Trace ID: /);
  });

  test("throttles", async () => {
    emulator.script({ on: "discovery", retryAfter: 3600 });
    const { status, headers, json } = await discover();
    expect([status, headers["retry-after"]]).toEqual([429, "3600"]);
    expect(json).toMatchObject({ error: "temporarily_unavailable", error_codes: [90055] });
    emulator.script({ on: "discovery", status: 503, retryAfter: "Wed, 21 Oct 2037 07:28:00 GMT" });
    expect((await discover()).headers["retry-after"]).toBe("Wed, 21 Oct 2037 07:28:00 GMT");
  });

  test("redirects", async () => {
    emulator.script({ on: "discovery", status: 302, headers: { location: "http://localhost:1/" } });
    expect((await discover()).headers.location).toBe("http://localhost:1/");
  });

  test("can be forgotten", async () => {
    emulator.script({ on: "discovery", status: 503, times: 5 });
    emulator.clearFaults();
    expect((await discover()).status).toBe(200);
  });

  test("needs a kind that there is, members that there are and a sensible number of times", () => {
    expect(() => emulator.script({ on: "token", times: 0 })).toThrow(RangeError);
    for (const wrong of [{}, { on: "tokens" }, { on: "token", after: -1 }])
      expect(() => emulator.script(wrong as never)).toThrow(RangeError);
    for (const none of [undefined, null, "token"])
      expect(() => emulator.script(none as never)).toThrow(TypeError);
  });

  test.each([
    [{ retryafter: 2 }, 'script: a fault has no "retryafter" (perhaps "retryAfter")'],
    [{ count: 2, delay: 5 }, 'script: a fault has no "count", "delay" (perhaps "delayInMs")'],
    [
      { error: { error: "invalid_grant", error_codes: [50076] } },
      'the error of a fault has no "error_codes"',
    ],
    [{ error: { error: "x", AADSTS: 50076 } }, 'has no "AADSTS" (perhaps "aadsts")'],
  ])("has no names that nobody knows: %j", (fault, told) => {
    const refused = (): void => emulator.script({ on: "token", ...fault } as never);
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(told);
    expect(refused).toThrow(expect.objectContaining({ detail: "unknown_option" }));
  });

  test.each([
    [{ status: "503" }, 'script.status must be an HTTP status, not "503"'],
    [{ status: 99 }, "script.status must be an HTTP status, not 99"],
    [{ error: "slow_down" }, 'script.error must be an object, not "slow_down"'],
    [{ error: {} }, "script.error.error must be a text, not undefined"],
    [
      { error: { error: "x", aadsts: "AADSTS50076" } },
      "script.error.aadsts must be a number of zero or more",
    ],
    [{ reset: "after" }, 'script.reset must be true or false, or "afterWork", not "after"'],
    [{ delayInMs: "2s" }, 'script.delayInMs must be a number of zero or more, not "2s"'],
    [{ mutate: 5 }, "script.mutate must be a function, not 5"],
  ])("has members of the form that they must have: %j", (fault, told) => {
    const refused = (): void => emulator.script({ on: "token", ...fault } as never);
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(told);
  });
});

describe("a cut connection", () => {
  test("before the work leaves a code unused, after it uses it up", async () => {
    const { refresh_token: value } = await signIn(emulator);
    emulator.script({ on: "refresh", reset: true });
    await expect(refresh(emulator, value)).rejects.toMatchObject({ code: "ECONNRESET" });
    emulator.script({ on: "redeem", reset: "afterWork" });
    await expect(signIn(emulator)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(emulator.requests.filter((it) => it.status === 0).map((it) => it.kind)).toEqual([
      "refresh",
      "redeem",
    ]);
  });

  test("in the middle of the body", async () => {
    emulator.script({ on: "discovery", truncate: true });
    await expect(discover()).rejects.toMatchObject({ code: "ECONNRESET" });
  });
});

describe("a body", () => {
  test("can be huge, and smaller on the wire", async () => {
    emulator.script({ on: "discovery", huge: 2_000_000 });
    expect((await discover()).text.length).toBe(2_000_000);
    emulator.script({ on: "discovery", huge: 2_000_000, gzip: true });
    const { headers } = await discover();
    expect(headers["content-encoding"]).toBe("gzip");
    expect(Number(headers["content-length"])).toBeLessThan(20_000);
  });

  test("can be compressed and true", async () => {
    emulator.script({ on: "discovery", gzip: true });
    const outgoing = request(`${emulator.authorityHost}${DISCOVERY}`, { ca: emulator.certificateAuthority });
    outgoing.end();
    const [response] = (await once(outgoing, "response")) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    expect(JSON.parse(gunzipSync(Buffer.concat(chunks)).toString())).toHaveProperty("token_endpoint");
  });

  test("can come byte by byte, and late", async () => {
    emulator.script({ on: "discovery", drip: 1, delayInMs: 50, body: { short: true } });
    const start = performance.now();
    const { json } = await discover();
    expect(json).toEqual({ short: true });
    expect(performance.now() - start).toBeGreaterThan(50 + '{"short":true}'.length - 2);
  });

  test("can be changed", async () => {
    emulator.script({
      on: "redeem",
      mutate: (answer) => ({
        ...answer,
        status: 299,
        body: { ...(answer.body as object), token_type: "mac" },
      }),
    });
    await expect(signIn(emulator)).rejects.toThrow('"token_type":"mac"');
  });

  test("can name another issuer, under a good signature", async () => {
    emulator.script({ on: "discovery", wrongIssuer: true });
    expect((await discover()).json["issuer"]).not.toContain(emulator.authorityHost);
    emulator.script({ on: "redeem", wrongIssuer: "https://other.example/v2.0" });
    const { id_token: idToken } = await signIn(emulator);
    expect(claimsOf(idToken)["iss"]).toBe("https://other.example/v2.0");
  });
});

test("no answer ends with the emulator", async () => {
  emulator.script({ on: "discovery", never: true });
  const pending = discover();
  pending.catch(() => undefined);
  // The second request is answered: the first one is on its way and hangs.
  await send(emulator, "/common/discovery/v2.0/keys");
  await emulator[Symbol.asyncDispose]();
  await expect(pending).rejects.toMatchObject({ code: "ECONNRESET" });
});

describe("from outside the process", () => {
  const post = (path: string, body: unknown, type = "application/json") =>
    send(emulator, path, { body: JSON.stringify(body), headers: { "content-type": type } });

  test("faults are scripted, and forgotten", async () => {
    expect((await post("/_fault", { on: "discovery", status: 503, times: 2 })).json).toEqual({
      scripted: "discovery",
    });
    expect((await discover()).status).toBe(503);
    expect((await send(emulator, "/_fault", { method: "DELETE" })).status).toBe(200);
    expect((await discover()).status).toBe(200);
  });

  test("the clock moves, and an account is revoked", async () => {
    const before = emulator.clock.now();
    await post("/_clock", { advanceInMs: 3_600_000 });
    expect(emulator.clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
    const { refresh_token: value } = await signIn(emulator);
    await post("/_revoke", { account: "ada@contoso.example" });
    expect((await refresh(emulator, value)).json["error_codes"]).toEqual([50173]);
  });

  test("the log can be read, and holds no secret", async () => {
    const { access_token: accessToken, refresh_token: value } = await signIn(emulator);
    await refresh(emulator, value);
    const { text, json } = await send(emulator, "/_requests");
    expect(json["requests"].map((it: any) => it.kind)).toEqual(["authorize", "signin", "redeem", "refresh"]);
    for (const secret of [accessToken, value, "code_verifier", "state-of-the-client"])
      expect(text).not.toContain(secret);
    expect(JSON.stringify(emulator.requests)).not.toContain("0.A");
  });

  test.each([
    ["a form", "/_fault", { on: "token" }, "application/x-www-form-urlencoded", 415],
    ["text", "/_fault", { on: "token" }, "text/plain", 415],
    ["a list", "/_fault", [], "application/json", 400],
    ["no kind", "/_fault", {}, "application/json", 400],
    ["an unknown kind", "/_fault", { on: "tokens" }, "application/json", 400],
    ["an unknown member", "/_fault", { on: "token", delay: 5 }, "application/json", 400],
    ["a member of another form", "/_fault", { on: "token", status: "503" }, "application/json", 400],
    ["zero times", "/_fault", { on: "token", times: 0 }, "application/json", 400],
    ["time running back", "/_clock", { advanceInMs: -1 }, "application/json", 400],
    ["nobody", "/_revoke", { account: "x" }, "application/json", 400],
  ])("%s is refused", async (_, path, body, type, status) => {
    expect((await post(path, body, type)).status).toBe(status);
  });
});
