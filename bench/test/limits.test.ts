import { describe, expect, test } from "vitest";
import { allLimits } from "../limits/all-limits.ts";
import { cancelWindows } from "../limits/cancel-windows.ts";
import { below, exactly } from "../limits/limit.ts";

// A hundredth of the load: whether the figures hold is for `npm run limits` to say, but for what is counted.
const SHARE = 0.01;
// In the Windows of `npm run test:wine`, of which there is one.
const ELSEWHERE = cancelWindows;

test("a figure is told in its unit, and holds only below its goal", () => {
  expect(below("x", "s", 1000, 999)).toEqual({ what: "x", goal: "< 1 s", figure: "1.0 s", holds: true });
  expect(below("x", "MB", 5e6, 5e6)).toMatchObject({ figure: "5 MB", holds: false });
  expect(exactly("x", 1, 2)).toEqual({ what: "x", goal: "1", figure: "2", holds: false });
});

describe.skipIf(process.platform === "win32")("each limit", () => {
  test.each(allLimits.filter((work) => work !== ELSEWHERE))(
    "of $name can be measured, and what is counted holds",
    async ({ measure }) => {
      const limits = await measure(SHARE);
      expect(limits).not.toEqual([]);
      expect(limits.filter(({ goal, holds }) => !goal.startsWith("<") && !holds)).toEqual([]);
    },
  );
});
