import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { stillHeld } from "../../../../tools/measure/still-held.ts";
import { listen, STATE, type TestListener } from "../../test/loopback/listen.ts";
import { exchange, formPost, request } from "../../test/loopback/raw-client.ts";
import { type Clock, systemClock } from "../clock.ts";
import { startLoopbackListener } from "./loopback-listener.ts";

const MINUTE_IN_MS = 60_000;
const TLS_GREETING = Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0]);

/** Tells which timers are armed, in ms; none of a minute ever fires. */
function countingClock(): { readonly clock: Clock; readonly armed: Set<number> } {
  const armed = new Set<number>();
  const clock: Clock = {
    ...systemClock,
    after(ms, callback) {
      if (ms < MINUTE_IN_MS) return systemClock.after(ms, callback);
      armed.add(ms);
      return { cancel: () => void armed.delete(ms) };
    },
  };
  return { clock, armed };
}

/** What keeps this process alive, of one kind. */
const alive = (kind: string): number =>
  process.getActiveResourcesInfo().filter((name) => name === kind).length;

describe("a listener whose sign-in has ended", () => {
  test("stays for a minute with the first word that it was given", async () => {
    const { clock, armed } = countingClock();
    const { listener, port } = await listen({ clock });
    await listener.retire("complete");
    await listener.retire("timeout");
    expect([...armed]).toEqual([MINUTE_IN_MS]);
    expect((await exchange(port, request(port))).body).toContain("You are signed in already");
  });

  test("does not stay where it was closed, before or meanwhile", async () => {
    const { clock, armed } = countingClock();
    const [before, meanwhile] = [await listen({ clock }), await listen({ clock })];
    await before.listener.close();
    await before.listener.retire("complete");
    await Promise.all([meanwhile.listener.retire("complete"), meanwhile.listener.close()]);
    expect([...armed]).toEqual([]);
  });

  test("keeps no process alive, nor does who comes to it", async () => {
    const servers = alive("TCPServerWrap");
    const { listener, port } = await listen();
    expect(alive("TCPServerWrap")).toBeGreaterThan(servers);
    await listener.retire("complete");
    expect(alive("TCPServerWrap")).toBe(servers);

    const sockets = alive("TCPSocketWrap");
    const visitor = connect(port, "127.0.0.1").unref();
    onTestFinished(() => void visitor.destroy());
    await once(visitor, "connect");
    // What the server has of it comes in a later turn.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(alive("TCPSocketWrap")).toBe(sockets);
  });

  test("has heard of no https any more", async () => {
    const { listener, port, warnings } = await listen();
    await listener.retire("complete");
    await exchange(port, TLS_GREETING);
    expect([listener.greetedByTls, warnings]).toEqual([false, []]);
  });

  test("gives its port up to who asks for it", async () => {
    const { listener, port } = await listen({ redirectUri: "http://127.0.0.1" });
    await listener.retire("complete");
    const leaving = connect(port, "127.0.0.1");
    leaving.write(request(port, { method: "POST", target: "/leave", body: "" }));
    const [answer] = (await once(leaving, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 204 /);
    const next = await listen({ redirectUri: `http://127.0.0.1:${port}` });
    expect(next.port).toBe(port);
  });

  test("no longer has who was to be warned, nor what was to be answered", async () => {
    const { kept, listener } = await (async () => {
      const warn = (): void => {};
      const started = await startLoopbackListener({ state: "s".repeat(43), clock: systemClock, warn });
      started.wait(new AbortController().signal).catch(() => {});
      const link = started.linkTo("https://login.example.test/");
      await started.retire("complete");
      return { listener: started, kept: [new WeakRef(warn), new WeakRef(link)] };
    })();
    onTestFinished(() => listener.close());
    expect(await stillHeld(kept)).toEqual([]);
  });
});

describe("a listener with nobody to warn", () => {
  const silent = async (): Promise<TestListener> => listen({ warn: undefined as never });

  test("takes a greeting of TLS and a link that was used all the same", async () => {
    const { listener, port } = await silent();
    const target = new URL(listener.linkTo("https://login.example.test/").url).pathname;
    await exchange(port, TLS_GREETING);
    expect(listener.greetedByTls).toBe(true);
    for (const status of [303, 200])
      expect((await exchange(port, request(port, { target }))).status).toBe(status);
  });
});

test("a request that expects anything but 100-continue is not told to go on", async () => {
  const { port } = await listen();
  const expecting = async (what: string): Promise<string> => {
    const form = request(port, { method: "POST", body: "state=x", headers: [`Expect: ${what}`] });
    return (await exchange(port, form)).text;
  };
  expect(await expecting("100-continue")).toMatch(/^HTTP\/1\.1 100 /);
  for (const what of ["100-continued", "x-100-continue"])
    expect(await expecting(what)).toMatch(/^HTTP\/1\.1 400 /);
});

test("a browser that has gone is not waited for", async () => {
  const held = new Set<number>();
  const clock: Clock = {
    ...systemClock,
    after(ms, callback) {
      if (ms !== 30_000) return systemClock.after(ms, callback);
      held.add(ms);
      return { cancel: () => void held.delete(ms) };
    },
  };
  const test = await listen({ clock });
  const browser: Socket = connect(test.port, "127.0.0.1");
  browser.write(formPost(test.port, { code: "the-code", state: STATE }));
  await test.answer;
  expect(held.size).toBe(1);
  browser.destroy();
  while (held.size > 0) await new Promise((resolve) => setImmediate(resolve));
});

test("the last page speaks the browser's language", async () => {
  const { answer, port } = await listen();
  const body = new URLSearchParams({ code: "the-code", state: STATE }).toString();
  const page = exchange(port, request(port, { method: "POST", body, headers: ["Accept-Language: de"] }));
  await (await answer).finish({ ok: true });
  expect((await page).body).toContain('<html lang="de"');
});
