import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { request } from "node:https";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listenForAnything } from "./quiet.ts";

const NOWHERE = join(import.meta.dirname, "nowhere", "at-all");

test.each<[word: string, work: () => unknown]>([
  ["log", () => process.stdout.write("")],
  ["log", () => process.stderr.write("")],
  ["log", () => console.log("")],
  ["warning", () => process.emitWarning("x")],
  ["socket", () => connect(9, "127.0.0.1")],
  ["socket", () => request("https://127.0.0.1:9", { agent: false }).end()],
  ["listener", () => createServer().listen(0, "127.0.0.1")],
  ["child", () => spawn(NOWHERE)],
  ["file", () => writeFileSync(NOWHERE, "")],
  ["file", () => mkdir(NOWHERE)],
])("what a refused input must not lead to is heard: %s by %s", async (word, work) => {
  const { heard } = listenForAnything();
  try {
    await work();
  } catch {
    // It is told that it was unexpected.
  }
  expect(heard).toEqual([word]);
});
