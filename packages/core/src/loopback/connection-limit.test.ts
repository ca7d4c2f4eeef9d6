import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { expect, it } from "vitest";
import { ConnectionLimit } from "./connection-limit.ts";

function sockets(count: number): readonly Socket[] {
  return Array.from({ length: count }, () => {
    const socket = Object.assign(new EventEmitter(), {
      destroyed: false,
      destroy() {
        socket.destroyed = true;
        socket.emit("close");
      },
    });
    return socket as unknown as Socket;
  });
}

function openOf(all: readonly Socket[]): readonly number[] {
  return all.flatMap((socket, index) => (socket.destroyed ? [] : [index]));
}

it("drops the oldest idle connection first", () => {
  const limit = new ConnectionLimit(3);
  const all = sockets(6);
  limit.admit(all[0] as Socket);
  limit.claim(all[0] as Socket);
  all.slice(1).forEach((socket) => limit.admit(socket));
  expect(openOf(all)).toEqual([0, 4, 5]);
});

it("drops the oldest busy one for a newcomer when none is idle, but never a protected one", () => {
  const limit = new ConnectionLimit(3);
  const all = sockets(4);
  const last = sockets(1);
  for (const socket of all.slice(0, 3)) {
    limit.admit(socket);
    limit.claim(socket);
  }
  limit.protect(all[0] as Socket);
  limit.admit(all[3] as Socket);
  expect(openOf(all)).toEqual([0, 2, 3]);
  limit.protect(all[2] as Socket);
  limit.protect(all[3] as Socket);
  limit.admit(last[0] as Socket);
  expect([openOf(all), openOf(last)]).toEqual([[0, 2, 3], []]);
});

it("forgets a connection that has closed by itself", () => {
  const limit = new ConnectionLimit(2);
  const all = sockets(3);
  limit.admit(all[0] as Socket);
  limit.admit(all[1] as Socket);
  all[0]?.destroy();
  limit.admit(all[2] as Socket);
  expect(openOf(all)).toEqual([1, 2]);
  limit.closeAll();
  expect(openOf(all)).toEqual([]);
});
