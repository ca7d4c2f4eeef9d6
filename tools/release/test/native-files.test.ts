import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { nativeFiles } from "../../measure/native-files.ts";

test("native code is known by how a file begins, whatever it is called and however deep it lies", () => {
  const folder = mkdtempSync(join(tmpdir(), "native-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const deep = join(folder, "a", "b");
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, "wam.node"), "MZ\u0090\u0000more");
  writeFileSync(join(deep, "tool"), "\u007fELF\u0002");
  writeFileSync(join(deep, "keys.dylib"), Buffer.from("cffaedfe07", "hex"));
  writeFileSync(join(deep, "index.js"), "export {};");
  writeFileSync(join(folder, "empty"), "");
  writeFileSync(join(folder, "short"), "M");
  expect(nativeFiles(folder)).toEqual([
    { file: join("a", "b", "keys.dylib"), of: "darwin" },
    { file: join("a", "b", "tool"), of: "linux" },
    { file: join("a", "b", "wam.node"), of: "win32" },
  ]);
});
