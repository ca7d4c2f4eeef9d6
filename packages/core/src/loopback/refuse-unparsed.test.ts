import { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import { describe, expect, test } from "vitest";
import { virtualClock } from "../testing/virtual-clock.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";
import { refuseUnparsed } from "./refuse-unparsed.ts";

const MOST_UNREAD = 4 * 1024 * 1024;

interface Told {
  readonly destroyed?: boolean;
  readonly writable?: boolean;
  readonly bytesRead?: number;
}

class FakeSocket extends EventEmitter {
  readonly did: string[] = [];
  readonly destroyed: boolean;
  readonly writable: boolean;
  readonly bytesRead: number | undefined;

  constructor({ destroyed = false, writable = true, bytesRead }: Told) {
    super();
    this.destroyed = destroyed;
    this.writable = writable;
    this.bytesRead = bytesRead;
  }

  end(text: string): void {
    this.did.push(text);
  }

  destroy(): void {
    this.did.push("destroyed");
  }
}

function refuse(code: string | undefined, told: Told = {}) {
  const clock = virtualClock();
  const socket = new FakeSocket(told);
  const error = Object.assign(new Error("Parse Error"), code === undefined ? {} : { code });
  refuseUnparsed(error, socket as unknown as Duplex, clock);
  return { clock, socket };
}

describe("what is not HTTP", () => {
  test.each([
    ["HPE_HEADER_OVERFLOW", "431 Request Header Fields Too Large"],
    ["HPE_CHUNK_EXTENSIONS_OVERFLOW", "413 Content Too Large"],
    ["ERR_HTTP_REQUEST_TIMEOUT", "408 Request Timeout"],
    ["HPE_INVALID_METHOD", "400 Bad Request"],
    [undefined, "400 Bad Request"],
  ])("(%s) is answered with %s, the headers of every answer, and nothing of what came", (code, status) => {
    const { socket } = refuse(code);
    const [head, ...lines] = socket.did[0]!.split("\r\n");
    expect(head).toBe(`HTTP/1.1 ${status}`);
    expect(lines).toEqual([
      ...Object.entries(ANSWER_HEADERS).map(([name, value]) => `${name}: ${value}`),
      "Content-Length: 0",
      "",
      "",
    ]);
  });

  test("keeps its connection for a second at most", async () => {
    const { socket, clock } = refuse("HPE_INVALID_METHOD");
    await clock.advance(999);
    expect(socket.did).toHaveLength(1);
    await clock.advance(1);
    expect(socket.did[1]).toBe("destroyed");
  });

  test("leaves no timer once its connection is closed", () => {
    const { socket, clock } = refuse("HPE_INVALID_METHOD");
    socket.emit("close");
    expect(clock.pending).toBe(0);
  });

  test("is not answered on a connection that is gone", () => {
    const { socket, clock } = refuse("HPE_INVALID_METHOD", { destroyed: true });
    expect([socket.did, clock.pending]).toEqual([[], 0]);
  });

  test.each([true, false])("is not answered when the connection was reset (writable: %s)", (writable) => {
    const { socket, clock } = refuse("ECONNRESET", { writable });
    expect([socket.did, clock.pending]).toEqual([["destroyed"], 0]);
  });

  test.each([
    [undefined, []],
    [MOST_UNREAD, []],
    [MOST_UNREAD + 1, ["destroyed"]],
  ])("is answered once; after %s bytes what still comes: %j", (bytesRead, did) => {
    const told = bytesRead === undefined ? {} : { bytesRead };
    const { socket, clock } = refuse("HPE_INVALID_METHOD", { writable: false, ...told });
    expect([socket.did, clock.pending]).toEqual([did, 0]);
  });
});
