import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { virtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";
import { sendElsewhere, sendNothing, sendPage, sendText } from "./send-answer.ts";

const MOST_UNREAD = 1024 * 1024;
const PAGE = { html: "<p>\u00fcber</p>", contentSecurityPolicy: "default-src 'none'" };

class FakeResponse extends EventEmitter {
  destroyed = false;
  headersSent = false;
  status = 0;
  headers: Readonly<Record<string, unknown>> = {};
  readonly written: string[] = [];
  ended = false;

  writeHead(status: number, headers: Readonly<Record<string, unknown>>): void {
    Object.assign(this, { status, headers, headersSent: true });
  }

  write(bytes: Buffer): void {
    this.written.push(bytes.toString());
  }

  end(): void {
    this.ended = true;
    this.emit("close");
  }
}

class FakeRequest extends EventEmitter {
  readonly did: string[] = [];

  readonly complete: boolean;
  readonly destroyed: boolean;

  constructor(complete = false, destroyed = false) {
    super();
    this.complete = complete;
    this.destroyed = destroyed;
  }

  resume(): void {
    this.did.push("read");
  }

  pause(): void {
    this.did.push("paused");
  }
}

const asResponse = (response: FakeResponse): ServerResponse => response as unknown as ServerResponse;
const asRequest = (request: FakeRequest): IncomingMessage => request as unknown as IncomingMessage;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const WAYS: readonly (readonly [string, (response: ServerResponse, clock: VirtualClock) => Promise<void>])[] =
  [
    ["a page", (response) => sendPage(response, PAGE)],
    ["nothing", (response) => sendNothing(response)],
    ["the way elsewhere", (response) => sendElsewhere(response, "/done")],
    ["a text", (response, clock) => sendText(response, 400, "No.", asRequest(new FakeRequest(true)), clock)],
  ];

describe.each(WAYS)("%s", (_name, send) => {
  test("has the headers of every answer, and is over when it was handed to the system", async () => {
    const response = new FakeResponse();
    await send(asResponse(response), virtualClock());
    expect(response.headers).toMatchObject({
      ...ANSWER_HEADERS,
      "Content-Security-Policy": expect.stringMatching(/^default-src 'none'/) as string,
    });
    expect(response.ended).toBe(true);
  });

  test.each(["destroyed", "headersSent"] as const)("is not sent where the answer is %s", async (state) => {
    const response = new FakeResponse();
    response[state] = true;
    await send(asResponse(response), virtualClock());
    expect([response.status, response.written, response.ended]).toEqual([0, [], false]);
  });

  test("waits for nobody who has gone meanwhile", async () => {
    const response = new FakeResponse();
    response.writeHead = () => void (response.destroyed = true);
    await send(asResponse(response), virtualClock());
    expect(response.ended).toBe(false);
  });
});

test("a page is written in UTF-8, with its length in bytes", async () => {
  const response = new FakeResponse();
  await sendPage(asResponse(response), PAGE);
  expect(response.written).toEqual([PAGE.html]);
  expect(response.headers["Content-Length"]).toBe(Buffer.byteLength(PAGE.html));
});

test("the way elsewhere has no body, and yes none either", async () => {
  for (const send of [
    (response: FakeResponse) => sendElsewhere(asResponse(response), "/done"),
    (response: FakeResponse) => sendNothing(asResponse(response)),
  ]) {
    const response = new FakeResponse();
    await send(response);
    expect(response.written).toEqual([]);
  }
});

test.each([
  [405, "GET, POST"],
  [400, undefined],
  [413, undefined],
])("a refusal with %i says what is allowed: %s", async (status, allowed) => {
  const response = new FakeResponse();
  await sendText(asResponse(response), status, "No.", asRequest(new FakeRequest(true)), virtualClock());
  expect([response.status, response.headers["Allow"]]).toEqual([status, allowed]);
});

describe("a body that nobody has read", () => {
  const refuse = (request: FakeRequest) => {
    const [response, clock] = [new FakeResponse(), virtualClock()];
    void sendText(asResponse(response), 400, "No.", asRequest(request), clock);
    return { response, clock };
  };

  test.each([
    ["is there whole", new FakeRequest(true, false)],
    ["comes no more", new FakeRequest(false, true)],
  ])("and that %s, is waited for no more", async (_, request) => {
    const { response, clock } = refuse(request);
    await turn();
    expect([response.ended, request.did, clock.pending]).toEqual([true, ["read"], 0]);
  });

  test.each(["end", "close"])("is read and dropped until its %s", async (event) => {
    const request = new FakeRequest();
    const { response, clock } = refuse(request);
    await turn();
    expect([response.ended, request.did]).toEqual([false, ["read"]]);
    request.emit(event);
    await turn();
    expect([response.ended, clock.pending]).toEqual([true, 0]);
  });

  test("is waited for a second at most", async () => {
    const { response, clock } = refuse(new FakeRequest());
    await clock.advance(999);
    expect(response.ended).toBe(false);
    await clock.advance(1);
    expect(response.ended).toBe(true);
  });

  test("is read up to 1 MiB", async () => {
    const request = new FakeRequest();
    refuse(request);
    request.emit("data", Buffer.alloc(MOST_UNREAD / 2));
    request.emit("data", Buffer.alloc(MOST_UNREAD / 2));
    expect(request.did).toEqual(["read"]);
    request.emit("data", Buffer.alloc(1));
    expect(request.did).toEqual(["read", "paused"]);
  });

  test("is dropped before a page ends, too", async () => {
    const request = new FakeRequest();
    const response = new FakeResponse();
    void sendPage(asResponse(response), PAGE, { request: asRequest(request), clock: virtualClock() });
    await turn();
    expect([response.ended, request.did]).toEqual([false, ["read"]]);
    request.emit("end");
    await turn();
    expect(response.ended).toBe(true);
  });
});
