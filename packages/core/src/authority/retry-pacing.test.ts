import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../test/http/virtual-clock.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { AuthorityClient } from "./authority-client.ts";
import type { AuthorityAnswer, AuthorityRequest } from "./authority-client.ts";
import { HttpTransportError } from "../http/http-transport.ts";
import type { HttpAnswer, HttpTransport } from "../http/http-transport.ts";

type Step =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | Error
  | "never";

/** A client on a virtual clock, over a transport that plays steps and notes when it was asked. */
function paced(
  steps: readonly Step[],
  random = 1,
  requestTimeoutInMs = 30_000,
): { client: AuthorityClient; clock: VirtualClock; asked: number[] } {
  const clock = new VirtualClock();
  const asked: number[] = [];
  const transport: HttpTransport = async () => {
    const step = steps[Math.min(asked.length, steps.length - 1)] as Step;
    asked.push(clock.monotonic());
    if (step === "never") return new Promise<never>(() => undefined);
    if (step instanceof Error) throw step;
    return answerOf(step.status, step.headers ?? {});
  };
  const settings = { transport, clock, requestTimeoutInMs, random: () => random };
  return { client: new AuthorityClient(settings), clock, asked };
}

function answerOf(status: number, headers: Readonly<Record<string, string>>): HttpAnswer {
  const body = Buffer.from(status === 200 ? '{"access_token":"good"}' : "{}");
  return { status, header: (name) => headers[name], body };
}

function request(
  repeat: AuthorityRequest["repeat"] = "safe",
  url = "https://login.contoso.test/t",
): AuthorityRequest {
  const signal = new AbortController().signal;
  return { method: "POST", url, form: {}, signal, correlationId: "c", repeat };
}

async function reasonOf(clock: VirtualClock, work: Promise<AuthorityAnswer>): Promise<AuthenticationError> {
  const result = await clock.settle(work);
  if (result.status === "rejected" && result.reason instanceof AuthenticationError) return result.reason;
  throw new Error("expected a typed failure");
}

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

const reset = (): Error => Object.assign(new Error("reset"), { code: "ECONNRESET" });

describe("retries", () => {
  it("that end in silence tell what the authority has answered before", async () => {
    const { client, clock } = paced([{ status: 503 }, "never"]);
    const error = await reasonOf(clock, client.send(request()));
    expect(error).toMatchObject({
      code: "timeout",
      detail: "request_timeout",
      cause: { detail: "server_error" },
    });
    expect(error.message).toMatch(
      /^login\.contoso\.test did not answer within \d+(\.\d)? s; before that: login\.contoso\.test answered 503\. Try/,
    );
  });

  it("that all end in silence have nothing else to tell", async () => {
    const { client, clock } = paced(["never"]);
    const error = await reasonOf(clock, client.send(request()));
    expect(error.message).not.toContain("before that");
    expect(error.cause).toBeUndefined();
  });

  it("come after at most 0.5, 1 and 2 s", async () => {
    const { client, clock, asked } = paced([{ status: 503 }]);
    await reasonOf(clock, client.send(request()));
    expect(gaps(asked)).toEqual([500, 1000, 2000]);
  });

  it("are spread over the whole of that time", async () => {
    const { client, clock, asked } = paced([{ status: 503 }], 0.25);
    await reasonOf(clock, client.send(request()));
    expect(gaps(asked)).toEqual([125, 250, 500]);
  });

  it("A14: of requests that are never answered end after 60 s in all", async () => {
    const { client, clock, asked } = paced(["never"]);
    const error = await reasonOf(clock, client.send(request()));
    expect(error).toMatchObject({ code: "timeout", detail: "request_timeout" });
    expect(clock.monotonic()).toBeLessThanOrEqual(60_000);
    expect(asked).toEqual([0, 30_500]);
    expect(clock.pending).toBe(0);
  });

  const unreached = new HttpTransportError("connect_failed", "x", { sent: false });
  it.each<[tries: number, of: string, step: Step]>([
    [4, "A5: an authority that answers 500", { status: 500 }],
    [4, "A5: an authority that answers 503", { status: 503 }],
    [4, "an authority that answers 408", { status: 408 }],
    [4, "A12: a connection that is lost", reset()],
    [3, "A1: an authority that cannot be reached", unreached],
    [3, "A7: an authority that answers 429", { status: 429 }],
    [3, "A7: an authority that asks to wait 2 s", { status: 429, headers: { "retry-after": "2" } }],
    [1, "an authority that asks to wait an hour", { status: 503, headers: { "retry-after": "3600" } }],
    [
      1,
      "A3: a certificate that nobody vouches for",
      new HttpTransportError("tls_failed", "x", { sent: false }),
    ],
    [1, "an authority that refuses", { status: 302 }],
  ])("are such that there are %i requests in all to %s", async (tries, _, step) => {
    const { client, clock, asked } = paced([step]);
    await reasonOf(clock, client.send(request()));
    expect(asked).toHaveLength(tries);
  });

  it("A14: are two, so three requests, where none is ever answered", async () => {
    const { client, clock, asked } = paced(["never"], 1, 200);
    await reasonOf(clock, client.send(request()));
    expect(asked).toHaveLength(3);
  });

  it("repeat a request that may be sent once only while it never left", async () => {
    const refused = new HttpTransportError("connect_failed", "x", { sent: false });
    const { client, clock, asked } = paced([refused, refused, { status: 200 }]);
    expect(await clock.settle(client.send(request("once")))).toMatchObject({ status: "fulfilled" });
    expect(asked).toHaveLength(3);
    const lost = paced([refused, reset(), { status: 200 }]);
    await reasonOf(lost.clock, lost.client.send(request("once")));
    expect(lost.asked).toHaveLength(2);
  });

  it.each([{ status: 503 }, { status: 429 }, reset(), "never"] as Step[])(
    "are the caller's matter when it polls (%o)",
    async (step) => {
      const { client, clock, asked } = paced([step]);
      await reasonOf(clock, client.send(request("poll")));
      expect(asked).toHaveLength(1);
    },
  );
});

describe("Retry-After", () => {
  const throttled = (value: string): Step => ({ status: 429, headers: { "retry-after": value } });

  it("A7: of 2 s is honoured to the letter", async () => {
    const { client, clock, asked } = paced([throttled("2"), throttled("2"), { status: 200 }]);
    expect(await clock.settle(client.send(request()))).toMatchObject({ status: "fulfilled" });
    expect(gaps(asked)).toEqual([2000, 2000]);
  });

  it("A8: of an hour fails at once and says so", async () => {
    const { client, clock, asked } = paced([throttled("3600"), { status: 200 }]);
    const error = await reasonOf(clock, client.send(request()));
    expect(error).toMatchObject({
      code: "network",
      detail: "throttled",
      retryable: true,
      retryAfterInMs: 3_600_000,
    });
    expect(clock.monotonic()).toBe(0);
    expect(asked).toHaveLength(1);
  });

  it("A8: keeps later calls to that host, and only those, from going out until then", async () => {
    const { client, clock, asked } = paced([throttled("3600"), { status: 200 }]);
    await reasonOf(clock, client.send(request()));
    clock.after(1_000_000, () => undefined);
    clock.ring();
    const error = await reasonOf(clock, client.send(request()));
    expect(error).toMatchObject({ detail: "throttled", retryAfterInMs: 2_600_000 });
    expect(asked).toHaveLength(1);
    const other = client.send(request("safe", "https://login.fabrikam.test/t"));
    expect(await clock.settle(other)).toMatchObject({ status: "fulfilled" });
    clock.after(2_600_000, () => undefined);
    clock.ring();
    expect(await clock.settle(client.send(request()))).toMatchObject({ status: "fulfilled" });
  });

  it.each([
    ["59", 2],
    ["60", 1],
  ])("of %s s leaves a second of the minute for the next try, or is not waited for", async (value, tries) => {
    const { client, clock, asked } = paced([throttled(value), { status: 200 }]);
    const result = await clock.settle(client.send(request()));
    expect(result.status).toBe(tries === 2 ? "fulfilled" : "rejected");
    expect(asked).toHaveLength(tries);
    // The same for a request that finds the host closed.
    const later = paced([throttled(value), { status: 200 }]);
    await reasonOf(later.clock, later.client.send(request("poll")));
    const next = await later.clock.settle(later.client.send(request()));
    expect(next.status).toBe(tries === 2 ? "fulfilled" : "rejected");
    expect(later.asked).toHaveLength(tries);
  });

  it("that nobody asked for holds up nobody: the next poll goes out", async () => {
    const { client, clock, asked } = paced([{ status: 503 }, { status: 200 }]);
    await reasonOf(clock, client.send(request("poll")));
    expect(await client.send(request("poll"))).toMatchObject({ status: 200 });
    expect(asked).toEqual([0, 0]);
  });

  it("is not told to who has aborted before", async () => {
    const { client, clock } = paced([throttled("3600")]);
    await reasonOf(clock, client.send(request()));
    const aborted = client.send({ ...request("poll"), signal: AbortSignal.abort("enough") });
    await expect(aborted).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
  });

  it("a short rest of it is waited for, except when polling", async () => {
    const { client, clock, asked } = paced([throttled("20"), { status: 200 }]);
    await reasonOf(clock, client.send(request("poll")));
    expect(await reasonOf(clock, client.send(request("poll")))).toMatchObject({ retryAfterInMs: 20_000 });
    expect(await clock.settle(client.send(request("once")))).toMatchObject({ status: "fulfilled" });
    expect(asked).toEqual([0, 20_000]);
  });

  it.each(["2147483648", "1000000000", "99999999999999999999", "Fri, 01 Jan 2037 00:00:00 GMT"])(
    "A9: of %s is an hour's matter or more: told, not waited for",
    async (value) => {
      const { client, clock, asked } = paced([throttled(value)]);
      const error = await reasonOf(clock, client.send(request()));
      expect(error).toMatchObject({ detail: "throttled", retryAfterInMs: 3_600_000 });
      expect(asked).toHaveLength(1);
    },
  );

  it.each(["-5", "0", "", "NaN", "soon", "1e9", "Thu, 01 Jan 1970 00:00:00 GMT", "12abc", "2147483648.5"])(
    "A9: of %o asks for nothing: our own pauses",
    async (value) => {
      const { client, clock, asked } = paced([throttled(value)]);
      const error = await reasonOf(clock, client.send(request()));
      expect(error.retryAfterInMs).toBeUndefined();
      expect(gaps(asked)).toEqual([500, 1000]);
    },
  );

  it("is obeyed for an hour at most", async () => {
    const { client, clock, asked } = paced([throttled("86400"), { status: 200 }]);
    await reasonOf(clock, client.send(request()));
    clock.after(3_600_000, () => undefined);
    clock.ring();
    expect(await clock.settle(client.send(request()))).toMatchObject({ status: "fulfilled" });
    expect(asked).toHaveLength(2);
  });

  it.each(["safe", "once", "poll"] as const)(
    "holds up no request that a person asked for (%s)",
    async (repeat) => {
      const { client, clock, asked } = paced([throttled("3600"), { status: 200 }]);
      await reasonOf(clock, client.send(request()));
      const explicit = client.send({ ...request(repeat), explicit: true });
      expect(await clock.settle(explicit)).toMatchObject({ status: "fulfilled" });
      expect(asked).toEqual([0, 0]);
    },
  );

  it("is told in whole milliseconds, however long is left of it", async () => {
    const { client, clock } = paced([throttled("3600"), { status: 200 }]);
    await reasonOf(clock, client.send(request()));
    clock.after(1_000_000.25, () => undefined);
    clock.ring();
    const error = await reasonOf(clock, client.send(request()));
    expect(error).toMatchObject({ detail: "throttled", retryAfterInMs: 2_600_000 });
  });

  it("as a date counts by the authority's clock", async () => {
    const clock = new VirtualClock();
    const date = clock.now() + 7_200_000;
    const headers = {
      date: new Date(date).toUTCString(),
      "retry-after": new Date(date + 3000).toUTCString(),
    };
    const { client, clock: own, asked } = paced([{ status: 503, headers }, { status: 200 }]);
    expect(await own.settle(client.send(request()))).toMatchObject({ status: "fulfilled" });
    expect(gaps(asked)).toEqual([3000]);
  });

  it("is heard with a 503, too, and an abort ends the wait", async () => {
    const { client, clock, asked } = paced([{ status: 503, headers: { "retry-after": "30" } }]);
    const controller = new AbortController();
    const work = client.send({ ...request(), signal: controller.signal });
    await new Promise<void>((resolve) => void setImmediate(resolve));
    expect(asked).toHaveLength(1);
    controller.abort("enough");
    await expect(work).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
    expect(clock.pending).toBe(0);
  });
});

it("a transport that ignores its signal is abandoned all the same", async () => {
  const { client } = paced(["never"]);
  const controller = new AbortController();
  const work = client.send({ ...request(), signal: controller.signal });
  controller.abort();
  await expect(work).rejects.toMatchObject({ name: "AbortError" });
});
