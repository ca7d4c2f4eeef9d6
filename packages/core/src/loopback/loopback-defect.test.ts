import { expect, onTestFinished, test } from "vitest";
import { listen, signIn, STATE } from "../../test/loopback/listen.ts";
import { closed, exchange, formPost, halfOpen } from "../../test/loopback/raw-client.ts";
import { seenRequest } from "../../test/loopback/seen-request.ts";
import { systemClock } from "../clock.ts";
import { LoopbackServer } from "./loopback-server.ts";
import { PendingAnswer } from "./pending-answer.ts";

/** An answer whose first judgement goes wrong in a way that nobody has foreseen. */
class Defective extends PendingAnswer {
  #judged = 0;

  override judge(...given: Parameters<PendingAnswer["judge"]>): ReturnType<PendingAnswer["judge"]> {
    this.#judged += 1;
    if (this.#judged === 1) throw new Error("a defect");
    return super.judge(...given);
  }
}

test("what goes wrong with one request ends that one, untold, and the right answer still comes", async () => {
  const redirect = { host: "localhost", port: 0, path: "" } as const;
  const options = { state: STATE, clock: systemClock };
  const listener = await LoopbackServer.listen(redirect, options, new Defective(options));
  onTestFinished(() => listener.close());
  const port = Number(new URL(listener.redirectUri).port);
  const answer = listener.wait(new AbortController().signal);
  const form = formPost(port, { code: "the-code", state: STATE });
  const told: Buffer[] = [];
  const first = await halfOpen(port, form);
  first.on("data", (bytes: Buffer) => told.push(bytes));
  await closed(first);
  expect(Buffer.concat(told).toString()).toBe("");
  const page = exchange(port, form);
  const response = await answer;
  expect(response.code).toBe("the-code");
  await response.finish({ ok: true });
  expect((await page).body).toContain("Sign-in complete");
});

// An "error" that nobody listens to ends the process; such as these come when nobody waits for them any more.
test.each(["server", "request", "response"] as const)("an error of the %s ends nothing", async (what) => {
  const test = await listen();
  const seen = await seenRequest(test.port);
  seen[what].emit("error", new Error("told late"));
  expect(await signIn(test)).toBe("the-right-code");
});
