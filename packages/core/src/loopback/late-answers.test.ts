import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { exchange } from "../../test/loopback/raw-client.ts";
import { systemClock } from "../clock.ts";
import { LateAnswers } from "./late-answers.ts";

test("a port is given up before whoever asks for it is told so", async () => {
  const toldWhenClosed: boolean[] = [];
  const server = createServer((request, response) => {
    const close = async (): Promise<void> => void toldWhenClosed.push(response.headersSent);
    const late = new LateAnswers({ end: "complete", clock: systemClock, close });
    void late.answer({ kind: "leave" }, request, response);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect((await exchange(port, "POST /leave HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).status).toBe(
    204,
  );
  expect(toldWhenClosed).toEqual([false]);
});
