import { describe, expect, it } from "vitest";
import { expectWithin } from "../../../../tools/measure/expect-within.ts";
import { canRunSources, runModule } from "../../test/loopback/child.ts";
import { STATE } from "../../test/loopback/listen.ts";
import { exchange, formPost, halfOpen, request } from "../../test/loopback/raw-client.ts";

/** A program whose only life is a sign-in. It prints the port, then what came of the sign-in. */
const PROGRAM = `
import { startLoopbackListener } from "./src/loopback/loopback-listener.ts";
import { systemClock } from "./src/clock.ts";
const listener = await startLoopbackListener({ state: ${JSON.stringify(STATE)}, clock: systemClock });
console.log(new URL(listener.redirectUri).port);
try {
  const response = await listener.wait(new AbortController().signal);
  await response.finish({ ok: true });
  console.log("signed in with a code of", response.code.length);
} catch (error) {
  console.log(error.code);
}
await listener.close();
globalThis.settled = performance.now();
process.on("exit", () => console.log(Math.round(performance.now() - settled), process.getActiveResourcesInfo().filter((name) => !name.startsWith("Pipe") && !name.startsWith("TTY")).join()));
`;

describe.skipIf(!canRunSources)("the process of a sign-in (needs a Node that runs TypeScript)", () => {
  it("stays alive while it waits, and ends by itself within 200 ms after it", async () => {
    await expectWithin(200, async () => {
      const child = runModule(PROGRAM);
      const port = Number(await child.nextLine());
      const page = exchange(port, formPost(port, { code: "12345", state: STATE }));
      expect(await child.nextLine()).toBe("signed in with a code of 5");
      expect((await page).status).toBe(200);
      const [ms, handles] = (await child.nextLine()).split(" ");
      expect(await child.end).toEqual({ code: 0, signal: null, stderr: "" });
      expect(handles).toBe("");
      return Number(ms);
    });
  });

  it("ends as soon although connections are open that say nothing", async () => {
    await expectWithin(200, async () => {
      const child = runModule(PROGRAM);
      const port = Number(await child.nextLine());
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => halfOpen(port, "POST / HTTP/1.1\r\n".slice(0, index))),
      );
      await exchange(port, formPost(port, { error: "access_denied", state: STATE }));
      expect(await child.nextLine()).toBe("access_denied");
      const ms = Number((await child.nextLine()).split(" ")[0]);
      expect(await child.end).toMatchObject({ code: 0, stderr: "" });
      return ms;
    });
  });

  it("outlives 200 odd request targets", async () => {
    const child = runModule(PROGRAM);
    const port = Number(await child.nextLine());
    const parts = [
      "//",
      "///",
      "/\\",
      "http://[::1/",
      "http://a:99999/",
      "/%",
      "/%zz",
      "*",
      "?",
      "#",
      "/../..",
      "/?%",
      "/\u007f",
      "//[",
      "http:",
      ":",
      "/?state=%",
      "http://",
      "/@",
      "/:0",
    ];
    const targets = Array.from({ length: 200 }, (_, i) => `${parts[i % 20]}${parts[Math.floor(i / 20)]}`);
    for (const target of targets) {
      for (const method of ["GET", "POST"])
        await exchange(
          port,
          request(port, { method, target, ...(method === "POST" ? { body: "x=y" } : {}) }),
        );
    }
    await exchange(port, formPost(port, { code: "12345", state: STATE }));
    expect(await child.nextLine()).toBe("signed in with a code of 5");
    expect(await child.end).toMatchObject({ code: 0, stderr: "" });
  });

  it.runIf(process.platform !== "win32").each(["SIGINT", "SIGTERM"] as const)(
    "dies of %s as any process does, and its port is free",
    async (signal) => {
      const child = runModule(PROGRAM);
      const port = Number(await child.nextLine());
      child.process.kill(signal);
      expect(await child.end).toMatchObject({ code: null, signal });
      expect((await exchange(port, request(port))).status).toBe(0);
    },
  );

  it("does not load node:http, node:net or node:child_process at import", async () => {
    const child = runModule(`
      await import("./src/loopback/loopback-listener.ts");
      await import("./src/browser/open-browser.ts");
      console.log(process.moduleLoadList.filter((name) => /^NativeModule (https?|net|child_process|_http_server)$/.test(name)).join() || "none");
    `);
    expect(await child.nextLine()).toBe("none");
    expect((await child.end).code).toBe(0);
  });
});
