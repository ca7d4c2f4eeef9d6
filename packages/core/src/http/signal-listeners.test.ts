import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { json, type Handler } from "../../test/http/https-mock.ts";
import { mockForTest } from "../../test/http/mock-for-test.ts";
import { AuthorityClient } from "../authority/authority-client.ts";
import { AuthorityDirectory } from "../authority/authority-metadata.ts";
import { systemClock } from "../clock.ts";
import { fetchTransport } from "./fetch-transport.ts";
import type { HttpTransport } from "./http-transport.ts";
import { nodeHttpsTransport } from "./node-https-transport.ts";
import { pause, withinTime } from "./time-limit.ts";

// A program's signal lives as long as the program does: what stays at it stays for good.
const left = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

const HANDLERS: readonly [string, Handler][] = [
  ["an answer", (_, response) => json(response, 200, { fine: true })],
  ["a refusal", (_, response) => json(response, 400, { error: "invalid_grant" })],
  ["a body that is too long", (_, response) => response.end("x".repeat(2_000_000))],
  ["a connection that is cut", (_, response) => void response.socket?.destroy()],
];

describe.each(HANDLERS)("nothing is left at the signal of a request after %s", (_, handler) => {
  test.each(["node:https", "fetch"])("over %s", async (way) => {
    const server = await mockForTest(handler);
    const https = nodeHttpsTransport({ ca: server.certificate, env: {} });
    const transport: HttpTransport =
      way === "fetch" ? fetchTransport(() => Promise.resolve(Response.json({}))) : https;
    const { signal } = new AbortController();
    await transport({ method: "GET", url: server.origin, headers: {}, signal }).catch(() => {});
    expect(left(signal)).toBe(0);
  });

  test("with its retries and pauses", async () => {
    const server = await mockForTest(handler);
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    const client = new AuthorityClient({
      transport,
      clock: systemClock,
      requestTimeoutInMs: 5000,
      random: () => 0,
    });
    const { signal } = new AbortController();
    const request = {
      method: "GET",
      url: server.origin,
      signal,
      correlationId: "c",
      repeat: "safe",
    } as const;
    await client.send(request).catch(() => {});
    expect(left(signal)).toBe(0);
    const authorityHost = server.origin;
    const directory = new AuthorityDirectory({ client, authorityHost, disableInstanceDiscovery: true });
    await directory.metadata("contoso.example", { signal, correlationId: "c" }).catch(() => {});
    expect(left(signal)).toBe(0);
  });
});

test("nothing is left at the signal of a wait that ends, in time or not", async () => {
  const { signal } = new AbortController();
  const clock = systemClock;
  const limit = { clock, limitInMs: 5, signal, tooLate: () => new Error("late") };
  await pause(clock, 1, signal);
  await withinTime({ ...limit, limitInMs: 5000 }, async () => {});
  await withinTime(limit, () => new Promise(() => {})).catch(() => {});
  await withinTime(limit, () => Promise.reject(new Error("no"))).catch(() => {});
  expect(left(signal)).toBe(0);
});
