import { expect, test } from "vitest";
import { LoadOnce } from "./load-once.ts";

test("all who ask get what one load gives", async () => {
  let loads = 0;
  const part = new LoadOnce(async () => ({ number: ++loads }));
  expect(part.present).toBeUndefined();
  const [one, two] = await Promise.all([part.get(), part.get()]);
  expect(one).toBe(two);
  expect(await part.get()).toBe(one);
  expect(await part.present).toBe(one);
  expect(loads).toBe(1);
});

test("a load that failed is tried again by the next who asks, and all who waited for it hear why", async () => {
  const answers = [Promise.reject(new Error("gone")), Promise.resolve("there")];
  const part = new LoadOnce(() => answers.shift()!);
  const waiting = await Promise.allSettled([part.get(), part.get()]);
  expect(waiting.map((each) => each.status === "rejected" && String(each.reason))).toEqual([
    "Error: gone",
    "Error: gone",
  ]);
  expect(part.present).toBeUndefined();
  expect(await part.get()).toBe("there");
});
