import { describe, expect, it, onTestFinished } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { canBind } from "../../test/loopback/can-bind.ts";
import { canRunSources, runModule } from "../../test/loopback/child.ts";
import { listen, signIn, STATE, type TestListener } from "../../test/loopback/listen.ts";
import { exchange, formPost, request } from "../../test/loopback/raw-client.ts";
import { type Clock, systemClock } from "../clock.ts";
import type { LateEnd } from "./listener-contract.ts";

const good = { code: "the-code", state: STATE };

async function retired(end: LateEnd, options: Parameters<typeof listen>[0] = {}): Promise<TestListener> {
  const test = await listen(options);
  await test.listener.retire(end);
  return test;
}

describe("whoever comes after a sign-in has ended", () => {
  it.each<readonly [LateEnd, string]>([
    ["complete", "You are signed in already"],
    ["timeout", "Too late for this sign-in"],
    ["stopped", "Your application has stopped this sign-in"],
    ["failed", "This sign-in has ended"],
  ])("%s: finds a page that says so, in any way of coming", async (end, words) => {
    const { port } = await retired(end);
    for (const text of [
      request(port),
      request(port, { target: "/done" }),
      request(port, { target: `/?${new URLSearchParams(good).toString()}` }),
      formPost(port, good),
      formPost(port, { error: "access_denied", state: STATE }),
      formPost(port, { code: "other", state: "wrong" }),
    ]) {
      const answer = await exchange(port, text);
      expect(answer.status).toBe(200);
      expect(answer.body).toContain(words);
      expect(answer.text).not.toContain("the-code");
      expect(answer.headers["content-security-policy"]).toMatch(/^default-src 'none'/);
    }
    // What was never answered is not answered now.
    expect((await exchange(port, request(port, { target: "/favicon.ico" }))).status).toBe(404);
    expect((await exchange(port, request(port, { host: "evil.test" }))).status).toBe(400);
  });

  it("reads it in the browser's language", async () => {
    const { port } = await retired("timeout");
    const answer = await exchange(port, request(port, { headers: ["Accept-Language: ar,en;q=0.5"] }));
    expect(answer.body).toContain('<html lang="ar" dir="rtl">');
  });

  it("after a whole sign-in reloads the last page and is told that all is done", async () => {
    const test = await listen();
    await signIn(test);
    await test.listener.retire("complete");
    expect((await exchange(test.port, formPost(test.port, good))).body).toContain(
      "You are signed in already",
    );
  });

  it("has a minute", async () => {
    const timers = new Map<number, () => void>();
    const clock: Clock = {
      ...systemClock,
      after(ms, callback) {
        if (ms === 60_000) timers.set(ms, callback);
        return ms === 60_000 ? { cancel: () => timers.delete(ms) } : systemClock.after(ms, callback);
      },
    };
    const { port, listener } = await retired("timeout", { clock });
    expect((await exchange(port, request(port))).status).toBe(200);
    timers.get(60_000)?.();
    while ((await exchange(port, request(port))).status !== 0) continue;
    await listener.close();
    await canBind(port);
  });

  it("does not keep the port from the next sign-in that needs it, for longer than a moment", async () => {
    const { port } = await retired("complete");
    await expectWithin(250, async () => {
      let next: TestListener | undefined;
      const took = await timeOf(async () => {
        next = await listen({ redirectUri: `http://localhost:${port}` });
      });
      expect(next?.port).toBe(port);
      await next?.listener.retire("complete");
      return took;
    });
  });

  it("does not take the port from a sign-in that still waits", async () => {
    const { port } = await listen();
    await expect(listen({ redirectUri: `http://localhost:${port}` })).rejects.toMatchObject({
      detail: "port_in_use",
    });
    expect((await exchange(port, request(port))).body).toContain("Waiting for the sign-in");
  });

  it("of many, only the last few: a port is not held for each time", async () => {
    const tests: TestListener[] = [];
    for (let index = 0; index < 6; index += 1) tests.push(await retired("complete"));
    const statuses: number[] = [];
    for (const { port } of tests) statuses.push((await exchange(port, request(port))).status);
    expect(statuses).toEqual([0, 0, 200, 200, 200, 200]);
  });

  it("a page does not come twice from close and retire", async () => {
    const test = await listen();
    await Promise.all([test.listener.retire("complete"), test.listener.close()]);
    await test.listener.retire("complete");
    await expect(canBind(test.port)).resolves.toBeUndefined();
  });

  it.skipIf(!canRunSources)("does not keep the process alive, nor does a connection", async () => {
    const child = runModule(`
      import { startLoopbackListener } from "./src/loopback/loopback-listener.ts";
      import { systemClock } from "./src/clock.ts";
      import { connect } from "node:net";
      const listener = await startLoopbackListener({ state: ${JSON.stringify(STATE)}, clock: systemClock });
      await listener.retire("timeout");
      const port = Number(new URL(listener.redirectUri).port);
      const socket = connect(port, "127.0.0.1").on("connect", () => { socket.unref(); console.log("connected"); });`);
    onTestFinished(() => void child.process.kill());
    expect(await child.nextLine()).toBe("connected");
    expect(await child.end).toEqual({ code: 0, signal: null, stderr: "" });
  });
});
