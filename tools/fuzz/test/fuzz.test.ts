import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { damagedBytes, damagedFields, damagedText } from "../src/damage.ts";
import { Drawn } from "../src/drawn.ts";
import { planFrom, seedOfInput } from "../src/fuzz-plan.ts";
import { runTarget } from "../src/run-target.ts";
import { TARGETS, targetOf } from "../src/targets.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CHALLENGES = targetOf("challenges");

describe.each(TARGETS)("$name", ({ name, file, short, nightly }) => {
  test("has one small file, and more inputs at night", () => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(readFileSync(join(ROOT, file), "utf8")).toContain(`"${name}"`);
    expect(nightly).toBeGreaterThanOrEqual(10 * short);
  });
});

test("a target that is not there is refused with the names of those that are", () => {
  expect(() => targetOf("attic")).toThrow(/"attic".*listener, token-answers/u);
});

test("the same seed draws the same, and another one another", () => {
  const draw = (seed: number): unknown => {
    const drawn = new Drawn(seed);
    const text = damagedText(drawn, "a text that is damaged");
    const fields = damagedFields(drawn, { a: "b", c: 1, d: "e" }, 0.5);
    return [text, fields, damagedBytes(drawn, Buffer.from("some bytes")), drawn.bytes(8), drawn.is(0.5)];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("each input has a seed of its own, whatever came before it", () => {
  const seeds = new Set(Array.from({ length: 10_000 }, (_, index) => seedOfInput(7, index)));
  expect(seeds.size).toBe(10_000);
});

test("without being told otherwise, as many inputs as for a pull request, and the same every time", () => {
  expect(planFrom({}, CHALLENGES)).toEqual(planFrom({}, CHALLENGES));
  expect(planFrom({}, CHALLENGES)).toMatchObject({ from: 0, count: CHALLENGES.short });
  expect(planFrom({ FUZZ_SEED: "3", FUZZ_SECONDS: "2", FUZZ_FROM: "9" }, CHALLENGES)).toEqual({
    seed: 3,
    from: 9,
    count: Infinity,
    seconds: 2,
  });
  expect(() => planFrom({ FUZZ_SEED: "x" }, CHALLENGES)).toThrow(/FUZZ_SEED is no whole number: x/u);
});

test("a run says how many inputs there were and what became of them", async () => {
  const { failed, line } = await runTarget(ROOT, CHALLENGES, { FUZZ_SEED: "7", FUZZ_COUNT: "2000" });
  expect(failed).toBe(false);
  expect(line).toMatch(/^challenges: 2000 inputs, 0 faults, [\d.]+ s \(.*claims [\d.]+ %/u);
});

test("a fault fails the run, and says how to have its input again", async () => {
  const target = { ...CHALLENGES, file: "tools/fuzz/test/faulty/every-fourth-input.ts" };
  const { failed, line } = await runTarget(ROOT, target, { FUZZ_SEED: "7", FUZZ_COUNT: "2000" });
  expect(failed).toBe(true);
  expect(line).toContain("npm run fuzz -- challenges --seed 7 --from 3 --count 1");
});
