import { describe, expect, test } from "vitest";
import { inTurn } from "../measure/in-turn.ts";
import { pairwise, quantile, summarize } from "../measure/statistics.ts";

describe("summarize", () => {
  test("takes the middle and the quartiles, whatever the order", () => {
    expect(summarize([5, 1, 4, 2, 3])).toEqual({ median: 3, lower: 2, upper: 4 });
    expect(summarize([1, 2])).toEqual({ median: 1.5, lower: 1.25, upper: 1.75 });
  });

  test("refuses nothing", () => {
    expect(() => summarize([])).toThrow(RangeError);
  });
});

test("quantile takes the first and the last at the ends", () => {
  expect([quantile([1, 2, 9], 0), quantile([1, 2, 9], 1)]).toEqual([1, 9]);
});

test("pairwise divides what was measured next to each other", () => {
  expect(pairwise([1, 9], [2, 3])).toEqual([0.5, 3]);
});

test("inTurn goes there and back, and throws the first round away", async () => {
  const order: string[] = [];
  const rounds = await inTurn(2, {
    a: async () => order.push("a"),
    b: async () => order.push("b"),
  });
  expect(order).toEqual(["a", "b", "b", "a", "a", "b"]);
  expect(rounds).toEqual([
    { b: 3, a: 4 },
    { a: 5, b: 6 },
  ]);
});
