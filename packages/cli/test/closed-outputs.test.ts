import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, openStage, type Run, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.signIn();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Runs the command with its outputs as a shell leads them. */
function redirected(args: readonly string[], redirect: string): Promise<Run> {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(" ");
  return stage.run("sh", ["-c", `${words} ${redirect}`]);
}

const FULL = "Standard output cannot be written (ENOSPC). Let it lead to a place with room.";

describe.runIf(process.platform === "linux")("the result of", () => {
  test.each([
    ["a stored token", ["token"]],
    ["a token by the whole program", ["token", "--output=json"]],
    ["accounts", ["accounts"]],
    ["explain", ["explain", "AADSTS7000218"]],
    ["completion", ["completion", "bash"]],
    ["the help", ["--help"]],
    ["the help of a command", ["token", "--help"]],
    ["the version", ["--version"]],
  ])("%s is written, or it says so", async (_, args) => {
    const plain = await redirected(args, "");
    expect([plain.code, plain.err, plain.out === ""]).toEqual([0, "", false]);
    // A reader that has gone has read what it wanted.
    expect(await redirected(args, ">&-")).toEqual({ code: 0, out: "", err: "" });
    expect(await redirected(args, ">/dev/full")).toEqual({ code: 2, out: "", err: `${FULL}\n` });
    // Nobody reads the words: the result is the same.
    for (const redirect of ["2>&-", "2>/dev/full"])
      expect((await redirected(args, redirect)).out.length).toBe(plain.out.length);
  });
});
