import { describe, expect, it } from "vitest";
import { argumentsFor, parseBrowserVariable } from "./parse-browser-variable.ts";

describe("the variable BROWSER", () => {
  it.each<readonly [string, readonly (readonly string[])[]]>([
    ["", []],
    ["  ", []],
    [":::", []],
    ["firefox", [["firefox"]]],
    ["firefox --new-window", [["firefox", "--new-window"]]],
    ["firefox -P 'sign in' %s", [["firefox", "-P", "sign in", "%s"]]],
    ['"/opt/my browser/run" --app=%s', [["/opt/my browser/run", "--app=%s"]]],
    ["w3m:lynx -x", [["w3m"], ["lynx", "-x"]]],
    ["'/opt/a:b' x", [["/opt/a:b", "x"]]],
    ['a"b c"d', [["ab cd"]]],
    ['a ""', [["a", ""]]],
    ["a 'open", [["a", "'open"]]],
    ["a\\ b", [["a\\", "b"]]],
    ["a; rm -rf x && $(b) `c` | d > e", [["a;", "rm", "-rf", "x", "&&", "$(b)", "`c`", "|", "d", ">", "e"]]],
  ])("%j is read word by word", (text, expected) => {
    expect(parseBrowserVariable(text, ":").map(({ program, args }) => [program, ...args])).toEqual(expected);
  });

  it("is parted by semicolons on Windows, where paths have colons", () => {
    const commands = parseBrowserVariable('"C:\\Program Files\\a.exe" -x;D:\\b.exe', ";");
    expect(commands).toEqual([
      { program: "C:\\Program Files\\a.exe", args: ["-x"] },
      { program: "D:\\b.exe", args: [] },
    ]);
  });

  it.each<readonly [readonly string[], readonly string[]]>([
    [[], ["URL"]],
    [["--new"], ["--new", "URL"]],
    [["%s"], ["URL"]],
    [
      ["--app=%s", "x"],
      ["--app=URL", "x"],
    ],
    [["100%%"], ["100%", "URL"]],
    [["%%s"], ["%s", "URL"]],
    [
      ["%s", "%s"],
      ["URL", "URL"],
    ],
    [["%d"], ["%d", "URL"]],
  ])("%j becomes %j", (args, expected) => {
    expect(argumentsFor({ program: "x", args }, "URL")).toEqual(expected);
  });

  it("takes a URL with signs of its own as it is", () => {
    const url = "https://example.test/?a=%s&b=$&c=$1%%";
    expect(argumentsFor({ program: "x", args: ["--app=%s"] }, url)).toEqual([`--app=${url}`]);
  });
});
