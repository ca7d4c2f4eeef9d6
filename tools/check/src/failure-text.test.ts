import { expect, test } from "vitest";
import { failureText } from "./failure-text.ts";

test("a failure is told by its script and name, with the first lines of why", () => {
  expect(failureText("npm run test", { name: "cache: a test" })).toBe(
    "\nnpm run test: failed: cache: a test",
  );
  expect(failureText("npm run test", { name: "a", why: "one\n\n  two\n" })).toBe(
    "\nnpm run test: failed: a\n  one\n    two",
  );
  const long = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join("\n");
  const text = failureText("npm run test", { name: "a", why: long });
  expect(text).toContain("line 12\n  …");
  expect(text).not.toContain("line 13");
});
