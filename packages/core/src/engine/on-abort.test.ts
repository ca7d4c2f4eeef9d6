import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { onAbort } from "./on-abort.ts";

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;

test("a signal has one listener for all who want to hear of it, and none for nobody", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const heard: string[] = [];
  const tell = (): void => void heard.push("told");
  const ends = [onAbort(signal, tell), onAbort(signal, tell), onAbort(signal, () => heard.push("other"))];
  expect(listenersOf(signal)).toBe(1);
  ends[0]!();
  expect(listenersOf(signal)).toBe(1);
  controller.abort();
  expect(heard).toEqual(["told", "other"]);
  expect(listenersOf(signal)).toBe(0);
  ends[1]!();
  ends[2]!();
  expect(listenersOf(signal)).toBe(0);
});

test("the last one takes the listener along, and whoever comes later is heard all the same", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const heard: string[] = [];
  const end = onAbort(signal, () => heard.push("first"));
  end();
  expect(listenersOf(signal)).toBe(0);
  const later = onAbort(signal, () => heard.push("later"));
  // Taken away once more, it takes nothing from the later one.
  end();
  onAbort(signal, () => heard.push("last"));
  expect(listenersOf(signal)).toBe(1);
  controller.abort();
  expect(heard).toEqual(["later", "last"]);
  later();
});

test("two signals know nothing of each other", () => {
  const [one, two] = [new AbortController(), new AbortController()];
  const heard: string[] = [];
  onAbort(one.signal, () => heard.push("one"));
  onAbort(two.signal, () => heard.push("two"));
  two.abort();
  expect(heard).toEqual(["two"]);
});
