import { once } from "node:events";
import { createServer } from "node:net";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { canBind } from "../../test/loopback/can-bind.ts";
import { listen, signIn, STATE } from "../../test/loopback/listen.ts";
import { exchange, formPost, halfOpen, request } from "../../test/loopback/raw-client.ts";
import type { Clock } from "../clock.ts";
import { systemClock } from "../clock.ts";
import { startLoopbackListener } from "./loopback-listener.ts";

const good = { code: "the-code", state: STATE };

describe("the answer", () => {
  it("comes out with its code, which nothing prints", async () => {
    const test = await listen();
    const shown = exchange(test.port, formPost(test.port, { ...good, client_info: "eyJ1aWQiOiIxIn0" }));
    const response = await test.answer;
    expect(response.code).toBe("the-code");
    expect(response.clientInfo).toBe("eyJ1aWQiOiIxIn0");
    const printed = [
      inspect(response, { depth: 9, showHidden: true }),
      JSON.stringify(response),
      inspect(test.listener, { depth: 9 }),
    ];
    expect(printed.join()).not.toMatch(/the-code|eyJ1/);
    expect(printed.join()).not.toContain(STATE);
    await response.finish({ ok: true });
    await shown;
  });

  it("is taken once: of ten at the same time one wins, and later ones are told so", async () => {
    const test = await listen();
    const posts = Array.from({ length: 10 }, (_, index) =>
      exchange(test.port, formPost(test.port, { code: `code-${index}`, state: STATE })),
    );
    const response = await test.answer;
    await response.finish({ ok: true });
    const answers = await Promise.all(posts);
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 410)).toHaveLength(9);
    expect(await test.listener.wait(test.cancel.signal)).toBe(response);
    const late = await exchange(test.port, formPost(test.port, good));
    expect(late.status).toBe(410);
    expect(late.body).toContain("already used");
    expect((await exchange(test.port, request(test.port))).status).toBe(410);
  });

  it("of one sign-in is nothing to another", async () => {
    const [a, b] = [await listen(), await listen({ state: `${STATE}-b` })];
    expect((await exchange(b.port, formPost(b.port, { code: "of-a", state: STATE }))).status).toBe(400);
    expect((await exchange(a.port, formPost(a.port, { code: "of-b", state: `${STATE}-b` }))).status).toBe(
      400,
    );
    expect(await signIn(a)).toBe("the-right-code");
    const shown = exchange(b.port, formPost(b.port, { code: "of-b", state: `${STATE}-b` }));
    const response = await b.answer;
    await response.finish({ ok: true });
    expect([response.code, (await shown).status]).toEqual(["of-b", 200]);
  });

  it("may come before anybody waits", async () => {
    const listener = await startLoopbackListener({ state: STATE, clock: systemClock });
    const port = Number(new URL(listener.redirectUri).port);
    const shown = exchange(port, formPost(port, { error: "access_denied", state: STATE }));
    expect((await shown).status).toBe(200);
    await expect(listener.wait(new AbortController().signal)).rejects.toMatchObject({
      code: "access_denied",
    });
    await listener.close();
  });

  it.each<readonly [string, string]>([
    ["::1", "[::1]"],
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "localhost"],
  ])("is taken on %s under the name %s", async (address, name) => {
    const test = await listen();
    const text = formPost(test.port, good).replace(/Host: .*\r/, `Host: ${name}:${test.port}\r`);
    const shown = exchange(test.port, text, address);
    await (await test.answer).finish({ ok: true });
    expect((await shown).status).toBe(200);
  });

  it("may come from an issuer that names itself, but only from the right one", async () => {
    const expected = "https://login.example.test/tenant/v2.0";
    const right = await listen({ issuer: { expected, required: true } });
    const shown = exchange(right.port, formPost(right.port, { ...good, iss: expected }));
    await (await right.answer).finish({ ok: true });
    expect((await shown).status).toBe(200);

    for (const [required, iss] of [
      [true, undefined],
      [false, "https://login.example.test/other/v2.0"],
      [false, `${expected}/`],
      [false, ""],
    ] as const) {
      const test = await listen({ issuer: { expected, required } });
      const parameters: Record<string, string> = iss === undefined ? good : { ...good, iss };
      const page = await exchange(test.port, formPost(test.port, parameters));
      expect(page.body).toContain("Sign-in was stopped");
      await expect(test.answer).rejects.toMatchObject({
        code: "service",
        detail: "issuer_mismatch",
        retryable: false,
      });
    }
    // An issuer that was not announced and not asked for is not an error.
    await signIn(await listen({ issuer: { expected, required: false } }));
    await signIn(await listen({ issuer: { required: true } }));
  });

  it("may come from any tenant of an issuer whose tenant is open, and from no other issuer", async () => {
    const expected = "https://login.example.test/{tenantid}/v2.0";
    for (const [iss, right] of [
      ["https://login.example.test/11111111-1111-4111-8111-111111111111/v2.0", true],
      ["https://other.example.test/11111111-1111-4111-8111-111111111111/v2.0", false],
      ["https://login.example.test/a/b/v2.0", false],
      ["https://login.example.test//v2.0", false],
      ["https://login.example.test/v2.0", false],
      ["https://login.example.test/a/v2.0/", false],
    ] as const) {
      const test = await listen({ issuer: { expected, required: true } });
      const shown = exchange(test.port, formPost(test.port, { ...good, iss }));
      if (right) await (await test.answer).finish({ ok: true });
      else await expect(test.answer).rejects.toMatchObject({ detail: "issuer_mismatch" });
      expect((await shown).body.includes("Sign-in was stopped")).toBe(!right);
    }
  });

  it("in the URL is refused, not redeemed, and leaves the browser's address bar", async () => {
    const test = await listen();
    const target = `/?${new URLSearchParams(good).toString()}`;
    const first = await exchange(test.port, request(test.port, { target }));
    expect([first.status, first.headers["location"]]).toEqual([303, "/done"]);
    await expect(test.answer).rejects.toMatchObject({ code: "service", detail: "response_mode_mismatch" });
    await expect(test.answer).rejects.not.toThrow(/the-code/);
    const closing = test.listener.close();
    const page = await exchange(test.port, request(test.port, { target: "/done" }));
    expect(page.status).toBe(200);
    expect(page.body).toContain("Sign-in was stopped");
    await closing;
  });
});

describe("the page", () => {
  it("waits for the end of the sign-in and tells it", async () => {
    const test = await listen();
    let shown = false;
    const page = exchange(test.port, formPost(test.port, good)).finally(() => (shown = true));
    const response = await test.answer;
    // The listener serves others meanwhile, and the browser is still waiting after that.
    expect((await exchange(test.port, request(test.port, { target: "/favicon.ico" }))).status).toBe(404);
    expect(shown).toBe(false);
    await response.finish({ ok: false, name: "notRedeemed", details: "No <token> for you & me" });
    const { status, body } = await page;
    expect(status).toBe(200);
    expect(body).toContain("No &lt;token&gt; for you &amp; me");
    expect(body).not.toContain("Sign-in complete");
  });

  it("is told after 30 s that the application will say how it ended", async () => {
    const timers = new Map<number, () => void>();
    const clock: Clock = {
      ...systemClock,
      after(ms, callback) {
        timers.set(ms, callback);
        return { cancel: () => timers.delete(ms) };
      },
    };
    const test = await listen({ clock });
    const page = exchange(test.port, formPost(test.port, good));
    const response = await test.answer;
    timers.get(30_000)?.();
    expect((await page).body).toContain("Back to your application");
    // Too late, and harmless.
    await response.finish({ ok: true });
    await response.finish({ ok: false, name: "failed" });
    expect(timers.has(30_000)).toBe(false);
  });

  it("is not waited for when the browser has gone", async () => {
    const test = await listen();
    const socket = await halfOpen(test.port, formPost(test.port, good));
    const response = await test.answer;
    socket.destroy();
    await expect(response.finish({ ok: true })).resolves.toBeUndefined();
  });

  it("can be the caller's own, whole", async () => {
    const pages = { successMessage: "<h1>Fine</h1>", errorMessage: "<h1>Oh no</h1>" };
    const ok = await listen({ pages });
    const fine = exchange(ok.port, formPost(ok.port, good));
    await (await ok.answer).finish({ ok: true });
    expect((await fine).body).toBe("<h1>Fine</h1>");
    expect((await fine).headers["content-security-policy"]).toMatch(
      /^default-src 'none'; .*frame-ancestors 'none'$/,
    );

    const failed = await listen({ pages });
    const page = await exchange(failed.port, formPost(failed.port, { error: "access_denied", state: STATE }));
    expect(page.body).toBe("<h1>Oh no</h1>");
  });
});

describe("the redirect URI", () => {
  it("has the port that was found, and the path of the option", async () => {
    expect((await listen()).listener.redirectUri).toMatch(/^http:\/\/localhost:\d+$/);
    const test = await listen({ redirectUri: "http://localhost/signed/in" });
    expect(test.listener.redirectUri).toBe(`http://localhost:${test.port}/signed/in`);
    expect((await exchange(test.port, formPost(test.port, good))).status).toBe(404);
    const shown = exchange(test.port, formPost(test.port, good, "/signed/in"));
    await (await test.answer).finish({ ok: true });
    expect((await shown).status).toBe(200);
  });

  it.each(["127.0.0.1", "[::1]"])("may name %s, and only that is listened on", async (host) => {
    const test = await listen({ redirectUri: `http://${host}` });
    expect(test.listener.redirectUri).toBe(`http://${host}:${test.port}`);
    const other = host === "127.0.0.1" ? "::1" : "127.0.0.1";
    await canBind(test.port, [other]);
  });

  it("may fix the port; when that is taken, the error names it", async () => {
    const blocker = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as { port: number };
    const starting = startLoopbackListener({
      redirectUri: `http://localhost:${port}`,
      state: STATE,
      clock: systemClock,
    });
    await expect(starting).rejects.toMatchObject({
      name: "TypeError",
      code: "ERR_INVALID_ARG_VALUE",
      detail: "port_in_use",
    });
    await expect(starting).rejects.toThrow(String(port));
    blocker.close();
    await once(blocker, "close");
    const test = await listen({ redirectUri: `http://localhost:${port}` });
    expect(test.port).toBe(port);
  });

  it("is ready within 30 ms", async () => {
    await listen(); // loads node:http
    await expectWithin(30, () => timeOf(() => listen()), 20);
  });
});
