import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { canRunSources, type Child, runModule } from "../../test/loopback/child.ts";
import { endlessPost } from "../../test/loopback/endless-post.ts";
import { flood } from "../../test/loopback/flood.ts";
import { listen, signIn, STATE } from "../../test/loopback/listen.ts";
import { closed, exchange, formPost, halfOpen } from "../../test/loopback/raw-client.ts";

const MB = 1024 * 1024;

describe("a crowd of connections", () => {
  it("of 2,000 that never finish a request does not keep the browser out", { timeout: 240_000 }, async () => {
    await expectWithin(1000, async () => {
      const test = await listen();
      const starts = [
        "",
        "G",
        "GET / HTTP/1.1\r\n",
        formPost(test.port, { code: "x", state: "y" }).slice(0, -1),
      ];
      const sockets: Socket[] = [];
      for (let index = 0; index < 2000; index += 100) {
        const batch = Array.from({ length: 100 }, (_, i) => halfOpen(test.port, starts[i % starts.length]));
        sockets.push(...(await Promise.all(batch)));
      }
      const took = await timeOf(async () => expect(await signIn(test)).toBe("the-right-code"));
      await test.listener.close();
      await Promise.all(sockets.map(closed));
      return took;
    });
  });

  it("never pushes out the browser that has brought the answer", { timeout: 240_000 }, async () => {
    const test = await listen();
    const shown = exchange(test.port, formPost(test.port, { code: "the-code", state: STATE }));
    const response = await test.answer;
    const slow = formPost(test.port, { code: "x", state: "y" }).slice(0, -1);
    const sockets = await Promise.all(Array.from({ length: 300 }, () => halfOpen(test.port, slow)));
    await Promise.all(sockets.slice(0, 200).map(closed));
    await response.finish({ ok: true });
    expect((await shown).body).toContain("Sign-in complete");
    await test.listener.close();
    await Promise.all(sockets.map(closed));
  });

  it("is told to hurry: a head that does not come within 5 s is cut off", { timeout: 240_000 }, async () => {
    const test = await listen();
    await expectWithin(9000, async () => {
      const took = await timeOf(async () => {
        const [silent, slow] = await Promise.all([
          exchange(test.port, ""),
          exchange(test.port, "GET / HTTP/1.1\r\nHo"),
        ]);
        expect(slow.status).toBe(408);
        expect([0, 408]).toContain(silent.status);
      });
      expect(took).toBeGreaterThan(4500);
      return took;
    });
    expect(await signIn(test)).toBe("the-right-code");
  });
});

describe.skipIf(!canRunSources)("memory (needs a Node that runs TypeScript)", () => {
  it("stays flat under an endless form post", { timeout: 240_000 }, async () => {
    const child = await listenerProcess();
    const post = async (): Promise<number> => {
      const { status, taken } = await endlessPost(child.port);
      expect(status).toBe(413);
      return taken;
    };
    await expectWithin(10 * MB, post); // the first also warms up what is loaded once
    await expectWithin(5 * MB, () =>
      growthOf(child, async () => {
        for (let index = 0; index < 2; index += 1) await post();
      }),
    );
  });

  it("stays flat under 20,000 wrong answers, which fill no log", { timeout: 180_000 }, async () => {
    const child = await listenerProcess();
    const wrong = (index: number): string =>
      formPost(child.port, { code: `code-${index}`, state: `state-${index}` });
    await flood(child.port, 1000, wrong);
    await expectWithin(20 * MB, () =>
      growthOf(child, async () => {
        const statuses = await flood(child.port, 19_000, wrong);
        expect(statuses.get(400)).toBe(19_000);
      }),
    );
    child.process.stdin.write("warnings\n");
    expect(await child.nextLine()).toBe("10");
    const page = exchange(child.port, formPost(child.port, { code: "right", state: STATE }));
    child.process.stdin.write("finish\n");
    expect((await page).status).toBe(200);
    expect(await child.end).toMatchObject({ code: 0, stderr: "" });
  });
});

interface ListenerProcess extends Child {
  readonly port: number;
  rss(): Promise<number>;
}

async function listenerProcess(): Promise<ListenerProcess> {
  const child = runModule(
    `
    import { createInterface } from "node:readline";
    import { startLoopbackListener } from "./src/loopback/loopback-listener.ts";
    import { systemClock } from "./src/clock.ts";
    let warnings = 0;
    const listener = await startLoopbackListener({ state: ${JSON.stringify(STATE)}, clock: systemClock, warn: () => { warnings += 1; } });
    console.log(new URL(listener.redirectUri).port);
    for await (const line of createInterface(process.stdin)) {
      if (line === "rss") { gc(); gc(); console.log(process.memoryUsage().rss); }
      if (line === "warnings") console.log(warnings);
      if (line === "finish") break;
    }
    const response = await listener.wait(new AbortController().signal);
    await response.finish({ ok: true });
    await listener.close();
    process.stdin.unref();
    `,
    // V8's young generation grows with the load alone; kept small, the figures show what the listener keeps.
    { args: ["--expose-gc", "--max-semi-space-size=1"] },
  );
  const port = Number(await child.nextLine());
  const rss = async (): Promise<number> => {
    child.process.stdin.write("rss\n");
    return Number(await child.nextLine());
  };
  return { ...child, port, rss };
}

/** By how many bytes the process is larger after some work, its garbage collected. */
async function growthOf({ rss }: ListenerProcess, work: () => Promise<void>): Promise<number> {
  const before = await rss();
  await work();
  return (await rss()) - before;
}
