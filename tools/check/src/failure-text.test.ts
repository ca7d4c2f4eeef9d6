import { expect, test } from "vitest";
import { failureText } from "./failure-text.ts";

test("a failure is told by its script and name, with the first lines of why", () => {
  expect(failureText("npm run test", { name: "cache: a test" })).toBe(
    "\nnpm run test: failed: cache: a test",
  );
  expect(failureText("npm run test", { name: "a", why: "one\n\n  two\n" })).toBe(
    "\nnpm run test: failed: a\n  one\n    two",
  );
  const stack =
    "Error: x\n    at file:///a/node_modules/vitest/run.js:1:1\n    at new Promise (<anonymous>)\n    at a.ts:3:4";
  expect(failureText("npm run test", { name: "a", why: stack })).toBe(
    "\nnpm run test: failed: a\n  Error: x\n      at a.ts:3:4",
  );
  const long = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join("\n");
  const text = failureText("npm run test", { name: "a", why: long });
  expect(text).toContain("line 12\n  …");
  expect(text).not.toContain("line 13");
});
