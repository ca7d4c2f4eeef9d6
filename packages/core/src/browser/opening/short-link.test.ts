import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { exchange, request } from "../../../test/loopback/raw-client.ts";
import { type Clock, systemClock } from "../../clock.ts";
import { AbortError } from "../../errors/abort-error.ts";
import { systemBrowser } from "../open-browser.ts";
import { shortLinkTo } from "./short-link.ts";

const LONG = `https://login.example.test/authorize?claims=${"a".repeat(3000)}`;

function get(link: string, target = new URL(link).pathname): ReturnType<typeof exchange> {
  const port = Number(new URL(link).port);
  return exchange(port, request(port, { target }));
}

describe("a short link", () => {
  it("leads to the URL once, and is gone", async () => {
    const link = await shortLinkTo(LONG, { clock: systemClock, signal: new AbortController().signal });
    expect(link.length).toBeLessThan(60);
    expect((await get(link, "/")).status).toBe(404);
    expect((await get(link, "/favicon.ico")).status).toBe(404);
    const answer = await get(link);
    expect(answer.status).toBe(302);
    expect(answer.headers).toMatchObject({
      location: LONG,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
    expect((await get(link)).status).toBe(0);
  });

  it("is gone after an abort", async () => {
    const cancel = new AbortController();
    const link = await shortLinkTo(LONG, { clock: systemClock, signal: cancel.signal });
    cancel.abort();
    expect((await get(link)).status).toBe(0);
    await expect(shortLinkTo(LONG, { clock: systemClock, signal: cancel.signal })).rejects.toBeInstanceOf(
      AbortError,
    );
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
    const link = await shortLinkTo(LONG, { clock, signal: new AbortController().signal });
    timers.forEach((callback) => callback());
    expect((await get(link)).status).toBe(0);
  });

  it("is what an opener gets that would cut the URL, and only then", async () => {
    const handed: string[] = [];
    const open = systemBrowser({
      platform: "win32",
      env: { SystemRoot: "C:\\Windows" },
      spawn(_file, args) {
        handed.push(args[1] ?? "");
        return spawn(process.execPath, ["--version"], { stdio: "ignore" });
      },
    });
    const { signal } = new AbortController();
    const short = LONG.slice(0, 2000);
    await open(short, { signal });
    await open(LONG, { signal });
    expect(handed[0]).toBe(short);
    expect(handed[1]).toMatch(/^http:\/\/localhost:\d+\/[\w-]{22}$/);
    expect((await get(handed[1] ?? "")).headers["location"]).toBe(LONG);
  });
});
