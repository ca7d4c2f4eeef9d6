import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../test/http/virtual-clock.ts";
import type { HttpAnswer, HttpRequest } from "../http/http-transport.ts";
import { AuthorityClient, type AuthorityRequest } from "./authority-client.ts";

const FORM = "application/x-www-form-urlencoded;charset=utf-8";

function clientOver(
  answer: HttpAnswer,
  onClockSkew?: (skewInMs: number) => void,
): { client: AuthorityClient; clock: VirtualClock; asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  const clock = new VirtualClock();
  const client = new AuthorityClient({
    clock,
    requestTimeoutInMs: 30_000,
    transport: async (request) => {
      asked.push(request);
      return answer;
    },
    ...(onClockSkew === undefined ? {} : { onClockSkew }),
  });
  return { client, clock, asked };
}

function answerWith(headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status: 200, header: (name) => headers[name], body: Buffer.from("{}") };
}

function request(changes: Partial<AuthorityRequest> = {}): AuthorityRequest {
  const { signal } = new AbortController();
  const url = "https://login.test/t";
  return {
    method: "POST",
    url,
    form: { a: "b c" },
    signal,
    correlationId: "c-1",
    repeat: "safe",
    ...changes,
  };
}

describe("what is sent", () => {
  it.each<[string, Partial<AuthorityRequest>, object, string | undefined]>([
    ["a form", {}, { "content-type": FORM }, "a=b+c"],
    ["a question", { method: "GET", form: undefined as never }, {}, undefined],
    [
      "the caller's headers, each under one name",
      { headers: { "X-Client-SKU": "x", "Client-Request-Id": "theirs" } },
      { "content-type": FORM, "x-client-sku": "x", "client-request-id": "theirs" },
      "a=b+c",
    ],
  ])("%s", async (_, changes, headers, body) => {
    const { client, asked } = clientOver(answerWith());
    await client.send(request(changes));
    expect(asked[0]?.headers).toEqual({
      accept: "application/json",
      "client-request-id": "c-1",
      ...headers,
    });
    expect(Object.entries(asked[0] ?? {}).filter(([name]) => name === "body")).toEqual(
      body === undefined ? [] : [["body", body]],
    );
  });

  it.each([undefined, false, true])(
    "keeps the process alive, unless nobody waits (background: %s)",
    async (background) => {
      const { client, asked } = clientOver(answerWith());
      await client.send(request(background === undefined ? {} : { background }));
      expect(asked[0]?.background).toBe(background === true);
    },
  );

  it("goes out once where its answer is a defect of the transport, which is told as it is", async () => {
    const { client, clock, asked } = clientOver(undefined as never);
    const result = await clock.settle(client.send(request()));
    expect(result).toMatchObject({ status: "rejected", reason: { name: "TypeError" } });
    expect(asked).toHaveLength(1);
  });
});

describe("an authority's clock that differs", () => {
  const dated = (aheadInMs: number): HttpAnswer =>
    answerWith({ date: new Date(new VirtualClock().now() + aheadInMs).toUTCString() });

  it.each([301_000, -301_000, 7_200_000])("by %i ms is told, once", async (skew) => {
    const told: number[] = [];
    const { client } = clientOver(dated(skew), (each) => told.push(each));
    await client.send(request());
    await client.send(request());
    expect(told).toEqual([skew]);
  });

  it.each([0, 300_000, -300_000])("by %i ms is nothing to speak of", async (skew) => {
    const told: number[] = [];
    const { client } = clientOver(dated(skew), (each) => told.push(each));
    await client.send(request());
    expect(told).toEqual([]);
  });

  it("is nobody's matter where no date came, or nobody listens", async () => {
    const told: number[] = [];
    await clientOver(answerWith(), (each) => told.push(each)).client.send(request());
    expect(told).toEqual([]);
    expect(await clientOver(dated(7_200_000)).client.send(request())).toMatchObject({ status: 200 });
  });
});
