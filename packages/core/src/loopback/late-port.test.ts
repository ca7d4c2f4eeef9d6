import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { virtualClock } from "../testing/virtual-clock.ts";
import { askForPort } from "./late-port.ts";

/** Whoever has a port, and its requests so far. */
async function neighbour(answer: RequestListener, host = "127.0.0.1") {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  }).listen(0, host);
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, requests, server };
}

const saying = (status: number): RequestListener => {
  return (_request, response) => void response.writeHead(status).end();
};

describe("whoever has a port", () => {
  test.each([
    [204, true],
    [200, false],
    [404, false],
    [500, false],
  ])("that says %i gives it up: %s", async (status, left) => {
    const { port } = await neighbour(saying(status));
    const clock = virtualClock();
    expect(await askForPort({ host: "localhost", port }, clock)).toBe(left);
    expect(clock.pending).toBe(0);
  });

  test("is asked by one word that no other request has, under the name of the redirect URI", async () => {
    const { port, requests } = await neighbour(saying(204));
    await askForPort({ host: "localhost", port }, virtualClock());
    const [request] = requests;
    expect([request?.method, request?.url]).toEqual(["POST", "/leave"]);
    expect(request?.headers).toMatchObject({
      host: `localhost:${port}`,
      "content-length": "0",
      connection: "close",
    });
  });

  test.each([
    ["localhost", "127.0.0.1"],
    ["127.0.0.1", "127.0.0.1"],
    ["[::1]", "::1"],
  ] as const)("is asked at the address of %s", async (host, address) => {
    const { port, requests } = await neighbour(saying(204), address);
    expect(await askForPort({ host, port }, virtualClock())).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test("that is gone has nothing to give up", async () => {
    const { port, server } = await neighbour(saying(204));
    server.close();
    await once(server, "close");
    expect(await askForPort({ host: "localhost", port }, virtualClock())).toBe(false);
  });

  test("that says nothing is waited for half a second, and left", async () => {
    const { port, server } = await neighbour(() => {});
    const clock = virtualClock();
    const left = askForPort({ host: "localhost", port }, clock);
    const [request] = (await once(server, "request")) as [IncomingMessage];
    const gone = once(request.socket, "close");
    await clock.advance(499);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await left).toBe(false);
    await gone;
  });

  test("is not listened to beyond its first word", async () => {
    const { port, server } = await neighbour(
      (_request, response) => void response.writeHead(204).flushHeaders(),
    );
    const closed = once(server, "connection").then(([socket]) => once(socket, "close"));
    expect(await askForPort({ host: "localhost", port }, virtualClock())).toBe(true);
    await closed;
  });
});
