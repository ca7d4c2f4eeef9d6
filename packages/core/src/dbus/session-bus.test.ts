import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BusError } from "./bus-error.ts";
import { decodeMessage, messageLength, type BusMessage } from "./bus-message.ts";
import type { BusValue } from "./bus-value.ts";
import { encodeValues } from "./encode-values.ts";
import { SessionBus } from "./session-bus.ts";

const PEER = ":1.7";
const CALL = { destination: PEER, path: "/x", interface: "a.b", member: "Do" };

/** A message as a bus hands it on: fields by their numbers in the specification. */
function message(kind: number, fields: Readonly<Record<number, [string, BusValue]>>, body?: string): Buffer {
  const content = body === undefined ? Buffer.alloc(0) : encodeValues("s", [body]);
  const all = { ...fields, ...(body === undefined ? {} : { 8: ["g", "s"] as [string, BusValue] }) };
  const list = Object.entries(all).map(([field, [signature, value]]) => [
    Number(field),
    { signature, value },
  ]);
  const header = encodeValues("yyyyuua(yv)", [0x6c, kind, 0, 1, content.length, 99, list]);
  return Buffer.concat([header, Buffer.alloc((8 - (header.length % 8)) % 8), content]);
}

/** A bus that takes everybody, answers `Hello` and leaves the rest to the test. */
async function scriptedBus(
  heard: (call: BusMessage, serial: number, socket: Socket) => void,
): Promise<SessionBus> {
  const folder = await mkdtemp(join(tmpdir(), "bus-"));
  const path = join(folder, "socket");
  const server: Server = createServer((socket) => {
    let received = Buffer.alloc(0);
    let begun = false;
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (!begun && received.includes("AUTH EXTERNAL") && !received.includes("BEGIN"))
        socket.write("OK 1\r\n");
      const start = received.indexOf("BEGIN\r\n");
      if (!begun && start >= 0) {
        begun = true;
        received = received.subarray(start + 7);
      }
      if (!begun) return;
      for (let length = messageLength(received, 10_000); length; length = messageLength(received, 10_000)) {
        const bytes = received.subarray(0, length);
        received = received.subarray(length);
        const call = decodeMessage(bytes);
        const serial = bytes.readUInt32LE(8);
        if (call.member === "Hello") socket.write(answer(serial, "org.freedesktop.DBus", ":1.1"));
        else heard(call, serial, socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const bus = await SessionBus.connect(path, { longestMessage: 4096 });
  onTestFinished(async () => {
    bus.close();
    server.close();
    await rm(folder, { recursive: true });
  });
  return bus;
}

const answer = (serial: number, sender: string, text: string): Buffer =>
  message(2, { 5: ["u", serial], 7: ["s", sender] }, text);

describe.skipIf(process.platform === "win32")("a call", () => {
  test("takes the answer of the peer that was asked, and of nobody else", async () => {
    const bus = await scriptedBus((_, serial, socket) => {
      socket.write(answer(serial, ":1.66", "from a stranger"));
      socket.write(answer(serial + 1, PEER, "to another call"));
      socket.write(answer(serial, PEER, "right"));
    });
    expect(await bus.call(CALL)).toEqual(["right"]);
  });

  test("fails with the name of the error, from the peer or from the bus, and with its text apart", async () => {
    const senders = [PEER, "org.freedesktop.DBus"];
    const bus = await scriptedBus((_, serial, socket) => {
      const fields: Readonly<Record<number, [string, BusValue]>> = {
        4: ["s", "x.Error.No"],
        5: ["u", serial],
      };
      socket.write(message(3, { ...fields, 7: ["s", ":1.66"] }, "a stranger's"));
      socket.write(message(3, { ...fields, 7: ["s", senders.shift()!] }, "why"));
    });
    for (let round = 0; round < 2; round++) {
      const error: unknown = await bus.call(CALL).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: "BusError", busName: "x.Error.No", text: "why" });
      expect(String(error)).not.toContain("why");
    }
  });

  test("refuses an answer of another type, and goes on", async () => {
    const bus = await scriptedBus((_, serial, socket) => socket.write(answer(serial, PEER, "text")));
    await expect(bus.call({ ...CALL, returns: "u" })).rejects.toThrow('not of the type "u"');
    expect(await bus.call({ ...CALL, returns: "s" })).toEqual(["text"]);
  });

  test("can be given up; its answer is dropped when it comes", async () => {
    const serials: number[] = [];
    const bus = await scriptedBus((_, serial, socket) => {
      serials.push(serial);
      if (serials.length === 2) for (const each of serials) socket.write(answer(each, PEER, String(each)));
    });
    const giveUp = new AbortController();
    const first = bus.call(CALL, giveUp.signal);
    giveUp.abort();
    await expect(first).rejects.toThrow(BusError);
    expect(await bus.call(CALL)).toEqual([String(serials[1])]);
  });

  test("ends with the connection when a message is longer than is allowed, before it is read", async () => {
    const bus = await scriptedBus((_, serial, socket) =>
      socket.write(answer(serial, PEER, "x".repeat(5000)).subarray(0, 100)),
    );
    await expect(bus.call(CALL)).rejects.toThrow("no D-Bus message");
    expect(bus.isOpen).toBe(false);
    await expect(bus.call(CALL)).rejects.toThrow("no D-Bus message");
  });

  test("is not disturbed by what nobody asked for", async () => {
    const strange = message(4, { 1: ["o", "/y"], 2: ["s", "c.d"], 3: ["s", "Odd"], 8: ["g", "t"] });
    const bus = await scriptedBus((_, serial, socket) => {
      socket.write(strange);
      socket.write(answer(serial, PEER, "right"));
    });
    expect(await bus.call(CALL)).toEqual(["right"]);
  });
});

describe.skipIf(process.platform === "win32")("the owner of a name", () => {
  test("is told when it changes, if the bus itself says so", async () => {
    const changed = (socket: Socket, sender: string, owner: string): void => {
      const fields = { 1: ["o", "/"], 2: ["s", "i.i"], 3: ["s", "NameOwnerChanged"], 7: ["s", sender] };
      const body = encodeValues("sss", ["the.name", PEER, owner]);
      const list = Object.entries({ ...fields, 8: ["g", "sss"] }).map(([field, [signature, value]]) => [
        Number(field),
        { signature: signature!, value: value! },
      ]);
      const header = encodeValues("yyyyuua(yv)", [0x6c, 4, 0, 1, body.length, 9, list]);
      socket.write(Buffer.concat([header, Buffer.alloc((8 - (header.length % 8)) % 8), body]));
    };
    const bus = await scriptedBus((call, serial, socket) => {
      if (call.member === "AddMatch") return socket.write(answer(serial, "org.freedesktop.DBus", ""));
      changed(socket, ":1.66", "stranger");
      changed(socket, "org.freedesktop.DBus", "");
      return socket.write(answer(serial, PEER, ""));
    });
    const owners: string[] = [];
    await bus.watchOwner("the.name", (owner) => owners.push(owner));
    await bus.call(CALL);
    expect(owners).toEqual([""]);
  });
});
