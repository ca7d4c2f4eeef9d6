import { describe, expect, it } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { listen, signIn, STATE } from "../../test/loopback/listen.ts";
import { canBind } from "../../test/loopback/can-bind.ts";
import { closed, exchange, formPost, halfOpen, request } from "../../test/loopback/raw-client.ts";
import { AbortError } from "../errors/abort-error.ts";

const good = { code: "the-code", state: STATE };

describe("the end", () => {
  it("by abort comes within 100 ms, with the reason, and frees the port on both addresses", async () => {
    await expectWithin(100, async () => {
      const test = await listen();
      const reason = new Error("enough");
      const start = performance.now();
      test.cancel.abort(reason);
      const error = await test.answer.catch((e: unknown) => e);
      await test.listener.close();
      const took = performance.now() - start;
      expect(error).toBeInstanceOf(AbortError);
      expect(error).toMatchObject({ cause: reason });
      await canBind(test.port);
      return took;
    });
  });

  it("comes at once when the signal was aborted before", async () => {
    const test = await listen();
    await expect(test.listener.wait(AbortSignal.abort())).rejects.toBeInstanceOf(AbortError);
  });

  it("tells a browser that has brought the answer that the sign-in was cancelled", async () => {
    const test = await listen();
    const page = exchange(test.port, formPost(test.port, good));
    await test.answer;
    await Promise.all([test.listener.close(), test.listener.close()]);
    expect((await page).body).toContain("Sign-in was cancelled");
    await canBind(test.port);
  });

  it("is told to a browser whose answer comes in the moment of closing, too", async () => {
    const test = await listen();
    const text = formPost(test.port, good);
    const socket = await halfOpen(test.port, text.slice(0, -5));
    // The head has arrived when a later request has been answered.
    await exchange(test.port, request(test.port));
    test.cancel.abort();
    await expect(test.answer).rejects.toBeInstanceOf(AbortError);
    let page = "";
    socket.on("data", (chunk: Buffer) => (page += chunk.toString()));
    const closing = test.listener.close();
    socket.write(text.slice(-5));
    await closed(socket);
    await closing;
    expect(page).toContain("Sign-in was cancelled");
  });

  it("does not depend on what half-open connections do", async () => {
    await expectWithin(200, async () => {
      const test = await listen();
      const sockets = await Promise.all([
        halfOpen(test.port),
        halfOpen(test.port, "GET / HT"),
        halfOpen(test.port, formPost(test.port, good).slice(0, -3)),
      ]);
      const gone = sockets.map(closed);
      const took = await timeOf(() => test.listener.close());
      await Promise.all(gone);
      await canBind(test.port);
      return took;
    });
  });

  it("leaves no abort listener behind", async () => {
    const test = await listen();
    const added: unknown[] = [];
    const removed: unknown[] = [];
    const controller = new AbortController();
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (
      added.push(args.slice(0, 2)),
      add(...args)
    );
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (
      removed.push(args.slice(0, 2)),
      remove(...args)
    );
    const waiting = test.listener.wait(signal);
    await signIn(test);
    await waiting;
    expect(added).toHaveLength(1);
    expect(removed).toEqual(added);
  });
});
