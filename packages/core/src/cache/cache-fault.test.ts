import { expect, test } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { isCacheFault, tellDamage, tolerate } from "./cache-fault.ts";

const fault = (detail?: string): AuthenticationError =>
  new AuthenticationError({ code: "cache", what: "x", detail });
const TO_MEND = ["cache_no_encryption", "cache_not_regular", "cache_version"];
const NO_FAULTS = [
  new Error("x"),
  undefined,
  new AuthenticationError({ code: "network", what: "x", detail: "cache_corrupt" }),
  Object.assign(new Error("x"), { code: "cache", detail: "cache_corrupt" }),
];

test.each([undefined, "cache_unreadable", "cache_locked", "cache_corrupt"])(
  "the fault %s of a store is lived with, and told",
  (detail) => {
    const told: unknown[] = [];
    tolerate(fault(detail), (error) => told.push(error));
    expect(told).toMatchObject([{ code: "cache" }]);
    expect(isCacheFault(fault(detail))).toBe(true);
  },
);

test.each(TO_MEND)("%s is for somebody to mend, unless a sign-in would be lost with it", (detail) => {
  const told: unknown[] = [];
  expect(() => tolerate(fault(detail), (error) => told.push(error))).toThrow("x");
  expect(() => tolerate(fault(detail), (error) => told.push(error), false)).toThrow("x");
  expect(told).toEqual([]);
  tolerate(fault(detail), (error) => told.push(error), true);
  expect(told).toHaveLength(1);
});

test.each(NO_FAULTS)("what is no fault of a store is thrown as it is: %o", (error) => {
  const tell = (): void => expect.unreachable();
  expect(isCacheFault(error)).toBe(false);
  expect(() => tolerate(error, tell, true)).toThrow(error as Error);
  expect(() => tellDamage(error, tell)).toThrow(error as Error);
});

test("only damage counts as nothing there", () => {
  const told: unknown[] = [];
  tellDamage(fault("cache_corrupt"), (error) => told.push(error));
  expect(told).toMatchObject([{ detail: "cache_corrupt" }]);
  for (const detail of [undefined, "cache_unreadable", ...TO_MEND]) {
    expect(() => tellDamage(fault(detail), (error) => told.push(error))).toThrow("x");
  }
  expect(told).toHaveLength(1);
});
