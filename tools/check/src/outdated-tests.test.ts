import { expect, test } from "vitest";
import { countOutdated } from "./outdated-tests.ts";

test("the tests count that are there, and have no result that still holds", () => {
  const task = (name: string, command: string, status: string) => ({
    task: name,
    command,
    cache: { status },
  });
  const tasks = [
    task("test", "node test-package.ts", "MISS"),
    task("test", "node test-package.ts", "HIT"),
    task("test", "<NONEXISTENT>", "MISS"),
    task("build", "tsc -b", "MISS"),
  ];

  expect(countOutdated({ tasks })).toBe(1);
});
