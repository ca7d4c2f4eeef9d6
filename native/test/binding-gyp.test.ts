import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const cpp = new URL("../cpp/", import.meta.url);

test("binding.gyp names every source file, and no other", () => {
  const gyp = readFileSync(new URL("binding.gyp", cpp), "utf8");
  const named = Array.from(gyp.matchAll(/"(\w+\.cc)"/g), ([, name]) => name);
  expect(named).toEqual(
    readdirSync(cpp)
      .filter((name) => name.endsWith(".cc"))
      .sort(),
  );
});

test("no binding.gyp lies where a package manager would build it", () => {
  expect(readdirSync(new URL("../", import.meta.url))).not.toContain("binding.gyp");
});
