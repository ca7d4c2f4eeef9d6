import { expect, test } from "vitest";
import { run } from "./run.ts";

const COUNTED = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64"];

const allocated = (tokens: number) =>
  run<{ readonly perCall: number; readonly perAwait: number }>("warm", [tokens], COUNTED);

test("a call for a token in memory allocates less than 300 bytes, the caller's own await included", async () => {
  const { perCall, perAwait } = await allocated(1);
  expect(perAwait).toBeGreaterThan(50);
  expect(perCall).toBeLessThan(300);
});

test("with 10,000 tokens in memory a call allocates as much as with one", async () => {
  const [one, many] = await Promise.all([allocated(1), allocated(10_000)]);
  expect(many.perCall).toBeLessThan(300);
  expect(many.perCall - one.perCall).toBeLessThan(50);
});
