import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { listen, signIn, STATE } from "../../test/loopback/listen.ts";
import { closed, exchange, formPost, halfOpen, request } from "../../test/loopback/raw-client.ts";

const MOST = 64;

test("a listener holds 64 connections open: for each one more the oldest that asks for nothing goes, untold", async () => {
  const listener = await listen();
  const told: Socket[] = [];
  const open = async (): Promise<Socket> => {
    const socket = await halfOpen(listener.port, "GET / HTTP/1.1\r\nHo");
    return socket.on("data", () => told.push(socket));
  };
  const oldest = [await open(), await open(), await open()];
  const rest = await Promise.all(Array.from({ length: MOST }, open));
  // Who is closed for being slow is told so; who had to make room is not.
  await Promise.all(oldest.map(closed));
  expect(oldest.filter((socket) => told.includes(socket))).toEqual([]);
  expect(await signIn(listener)).toBe("the-right-code");
  await listener.listener.close();
  await Promise.all(rest.map(closed));
});

test("the browser that has brought the answer is not the one that goes", async () => {
  const { listener, port, answer } = await listen();
  const page = exchange(port, formPost(port, { code: "the-code", state: STATE }));
  const response = await answer;
  // These ask for something, too, and are told to go on: only who has brought the answer is wanted more.
  const form = request(port, { method: "POST", body: "state=x", headers: ["Expect: 100-continue"] });
  const ask = async (): Promise<Socket> => {
    const socket = await halfOpen(port, form.slice(0, -"state=x".length));
    await Promise.race([new Promise((resolve) => socket.once("data", resolve)), closed(socket)]);
    return socket;
  };
  const sockets = await Promise.all(Array.from({ length: MOST - 1 }, ask));
  for (let more = 0; more < 3; more += 1) sockets.push(await ask());
  await response.finish({ ok: true });
  expect((await page).body).toContain("Sign-in complete");
  await listener.close();
  await Promise.all(sockets.map(closed));
});
