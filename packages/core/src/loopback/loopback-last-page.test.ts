import { expect, test } from "vitest";
import { listen, STATE } from "../../test/loopback/listen.ts";
import { exchange, formPost, request } from "../../test/loopback/raw-client.ts";
import { seenRequest } from "../../test/loopback/seen-request.ts";
import { type Clock, systemClock } from "../clock.ts";

const HOLD_IN_MS = 30_000;
const GRACE_IN_MS = 1000;
const PAGES = { successMessage: "<p>ours: well</p>", errorMessage: "<p>ours: not well</p>" };
const GOOD = { code: "the-code", state: STATE };

/** A clock on which timers of one length go off only when they are made to. */
function heldClock(length: number): { readonly clock: Clock; readonly goOff: () => void } {
  const held = new Set<() => void>();
  const clock: Clock = {
    ...systemClock,
    after(ms, callback) {
      if (ms !== length) return systemClock.after(ms, callback);
      held.add(callback);
      return { cancel: () => void held.delete(callback) };
    },
  };
  return { clock, goOff: () => held.forEach((callback) => callback()) };
}

test("a sign-in whose end is not known in time has not ended well", async () => {
  const { clock, goOff } = heldClock(HOLD_IN_MS);
  const { port, answer } = await listen({ clock, pages: PAGES });
  const page = exchange(port, formPost(port, GOOD));
  await answer;
  goOff();
  expect((await page).body).toContain("ours: not well");
});

test("a sign-in that the application stops has not ended well", async () => {
  const { listener, port, answer } = await listen({ pages: PAGES });
  const page = exchange(port, formPost(port, GOOD));
  await answer;
  await listener.close();
  expect((await page).body).toContain("ours: not well");
});

test("a browser that has asked for the last page is not waited for again", async () => {
  const { clock } = heldClock(GRACE_IN_MS);
  const { listener, port, answer } = await listen({ clock });
  const query = new URLSearchParams(GOOD).toString();
  expect((await exchange(port, request(port, { target: `/?${query}` }))).headers["location"]).toBe("/done");
  await answer.catch(() => {});
  const page = exchange(port, request(port, { target: "/done" }));
  expect((await page).status).toBe(200);
  await listener.close();
});

test("the last page is not waited for twice: a listener whose sign-in is over gives its port up at once", async () => {
  const { clock, goOff } = heldClock(GRACE_IN_MS);
  const { listener, port } = await listen({ clock });
  const { server } = await seenRequest(port);
  const query = new URLSearchParams(GOOD).toString();
  expect((await exchange(port, request(port, { target: `/?${query}` }))).headers["location"]).toBe("/done");
  const retired = listener.retire("complete");
  goOff();
  await retired;
  expect(server.listening).toBe(true);
  void listener.close();
  expect(server.listening).toBe(false);
});
