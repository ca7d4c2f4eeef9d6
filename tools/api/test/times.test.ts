import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TAKERS, refusalOf } from "./takers-of-options.ts";

const REPORTS = fileURLToPath(new URL("../../../api", import.meta.url));
/** Every option that is a time, of whatever package. */
const TIMES = new Set(
  readdirSync(REPORTS)
    .map((report) => readFileSync(join(REPORTS, report), "utf8"))
    .flatMap((report) => report.match(/\b\w+InMs(?=\?: number)/g) ?? []),
);

// What comes from a file or the environment is a text, and "10000" + 1 is another time.
const NO_TIMES = ["1000", "", null, true, Number.NaN, 0, -1, [1000], Symbol("time")];
/** For these it has a meaning. */
const MAY_BE_ZERO = new Set(["promptCooldownInMs"]);

test("there are such", () => {
  expect(TIMES.size).toBeGreaterThan(5);
});

describe.each(Object.entries(TAKERS))("what %s takes as a time", (_, give) => {
  test("is a number of milliseconds, or refused by its name", async () => {
    for (const time of TIMES) {
      for (const value of NO_TIMES) {
        if (value === 0 && MAY_BE_ZERO.has(time)) continue;
        const error = await refusalOf(() => give({ [time]: value }));
        expect([time, value, error]).toEqual([time, value, expect.any(TypeError)]);
        const { message, detail } = error as Error & { detail?: string };
        if (detail === "unknown_option") continue;
        expect([time, value, message]).toEqual([time, value, expect.stringContaining(`"${time}" must be`)]);
        expect(message).toContain("milliseconds");
      }
    }
  });
});
