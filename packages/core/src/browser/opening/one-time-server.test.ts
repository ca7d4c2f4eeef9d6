import { describe, expect, it } from "vitest";
import { exchange, request } from "../../../test/loopback/raw-client.ts";
import { type Clock, systemClock } from "../../clock.ts";
import { AbortError } from "../../errors/abort-error.ts";
import { startOneTimeServer } from "./one-time-server.ts";

const LONG = `https://login.example.test/authorize?claims=${"a".repeat(3000)}`;

function get(link: string, target = new URL(link).pathname): ReturnType<typeof exchange> {
  const port = Number(new URL(link).port);
  return exchange(port, request(port, { target }));
}

describe("a one-time link with a listener of its own", () => {
  it("leads to the URL once, and is gone", async () => {
    const { url: link } = await startOneTimeServer(LONG, {
      clock: systemClock,
      signal: new AbortController().signal,
    });
    expect(link.length).toBeLessThan(60);
    expect((await get(link, "/")).status).toBe(404);
    expect((await get(link, "/favicon.ico")).status).toBe(404);
    const answer = await get(link);
    expect(answer.status).toBe(303);
    expect(answer.headers).toMatchObject({
      location: LONG,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
    expect((await get(link)).status).toBe(0);
  });

  it("is gone after an abort", async () => {
    const cancel = new AbortController();
    const { url: link } = await startOneTimeServer(LONG, { clock: systemClock, signal: cancel.signal });
    cancel.abort();
    expect((await get(link)).status).toBe(0);
    await expect(
      startOneTimeServer(LONG, { clock: systemClock, signal: cancel.signal }),
    ).rejects.toBeInstanceOf(AbortError);
  });

  it("is gone after a minute", async () => {
    const timers: (() => void)[] = [];
    const clock: Clock = {
      ...systemClock,
      after(ms, callback) {
        expect(ms).toBe(60_000);
        timers.push(callback);
        return { cancel: () => {} };
      },
    };
    const { url: link } = await startOneTimeServer(LONG, { clock, signal: new AbortController().signal });
    timers.forEach((callback) => callback());
    expect((await get(link)).status).toBe(0);
  });
});
