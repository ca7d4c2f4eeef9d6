import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { listen, signIn } from "../../test/loopback/listen.ts";
import { closed, halfOpen } from "../../test/loopback/raw-client.ts";

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
