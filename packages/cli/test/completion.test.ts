import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { BIN } from "./stage.ts";

const script = (shell: string): string =>
  spawnSync(process.execPath, [BIN, "completion", shell], { encoding: "utf8" }).stdout;
const runs = (shell: string): boolean => spawnSync(shell, ["--version"]).error === undefined;

/** What bash would offer for these words, the last of which is being written. */
function inBash(...words: readonly string[]): readonly string[] {
  const program = `${script("bash")}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _entrada; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync("bash", ["-c", program, "bash", ...words], { encoding: "utf8" });
  return stdout.split("\n").filter(Boolean);
}

function inZsh(...words: readonly string[]): readonly string[] {
  const program = `${script("zsh")}
_describe() { print -l -- \${(P)2} }
_files() { print -- FILES }
words=("$@"); CURRENT=$#; _entrada`;
  const { stdout, stderr } = spawnSync("zsh", ["-f", "-c", program, "zsh", ...words], { encoding: "utf8" });
  expect(stderr).toBe("");
  const written = words.at(-1) ?? "";
  return stdout
    .split("\n")
    .map((line) => line.replace(/:.*$/, ""))
    .filter((word) => word !== "" && word.startsWith(written));
}

function inFish(...words: readonly string[]): readonly string[] {
  const program = `${script("fish")}
complete -C "${words.join(" ")}"`;
  const { stdout } = spawnSync("fish", ["--no-config", "-c", program], { encoding: "utf8" });
  return stdout
    .split("\n")
    .map((line) => line.replace(/\t.*$/, ""))
    .filter(Boolean);
}

describe.each([
  ["bash", inBash],
  ["zsh", inZsh],
  ["fish", inFish],
] as const)("completion for %s", (shell, offered) => {
  test.runIf(runs(shell)).each([
    [["entrada", "tok"], ["token"]],
    [["entrada", "credential-helper", "k"], ["kubectl"]],
    [["entrada", "token", "--output", "he"], ["header"]],
    [
      ["entrada", "-p", "x", "log"],
      ["login", "logout"],
    ],
    [["entrada", "completion", "f"], ["fish"]],
  ])("of %j offers %j", (words, expected) => {
    expect(offered(...words).toSorted()).toEqual(expected);
  });

  test.runIf(runs(shell))("offers options, and no command twice", () => {
    const options = offered("entrada", "run", "--");
    expect(options).toEqual(expect.arrayContaining(["--allow", "--verbose", "--profile"]));
    const commands = offered("entrada", "");
    expect(new Set(commands).size).toBe(commands.length);
    expect(commands).toEqual(expect.arrayContaining(["login", "run", "doctor", "app-setup"]));
    expect(commands).not.toContain("az");
  });
});

test("completion for PowerShell names all commands, in quotes that close", () => {
  const text = script("powershell");
  for (const place of ["/login", "/credential-helper/docker", "/app-setup"])
    expect(text).toContain(`'${place}' = @(`);
  expect(text.replaceAll("''", "").split("'").length % 2).toBe(1);
  for (const [open, close] of ["()", "{}", "[]"])
    expect([open, text.split(open ?? "").length]).toEqual([open, text.split(close ?? "").length]);
});

test("there is no completion for another shell", () => {
  const { status, stderr } = spawnSync(process.execPath, [BIN, "completion", "cmd"], { encoding: "utf8" });
  expect([status, stderr]).toEqual([2, expect.stringContaining("powershell")]);
});
