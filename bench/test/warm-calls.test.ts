import { expect, test } from "vitest";
import { run } from "./run.ts";

const nodeArguments = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64"];

const allocated = (tokens: number) =>
  run<{ readonly perCall: number; readonly perAwait: number }>("warm", {
    arguments: [tokens],
    nodeArguments,
  });

test("a call for a token in memory allocates 40 bytes at most beside what the caller's own await does", async () => {
  const { perCall, perAwait } = await allocated(1);
  expect(perAwait).toBeGreaterThan(50);
  expect(perCall - perAwait).toBeLessThan(40);
  expect(perCall).toBeLessThan(300);
});

test("with 10,000 tokens in memory a call allocates as much as with one", async () => {
  const [one, many] = await Promise.all([allocated(1), allocated(10_000)]);
  expect(many.perCall - many.perAwait).toBeLessThan(40);
  expect(many.perCall - one.perCall).toBeLessThan(20);
});
